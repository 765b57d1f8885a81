package lsp

import (
	"context"
	"errors"
	"testing"

	"github.com/composelint/composelint/rules"
)

// TestKept asks for what is worked out once: what fails or is cancelled is not kept, and nobody waits for longer than
// he wants to.
func TestKept(t *testing.T) {
	k, made := newKept[int](), 0
	work := func(ctx context.Context) (int, error) {
		made++
		return made, ctx.Err()
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := newKept[int]().get(context.Background(), func(context.Context) (int, error) { return work(gone) }); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if _, err := k.get(context.Background(), func(context.Context) (int, error) { return work(gone) }); err == nil {
		t.Error("what is cancelled gives something")
	}
	for range 3 {
		if got, err := k.get(context.Background(), work); got != 3 || err != nil {
			t.Errorf("%d, %v", got, err)
		}
	}
	k.busy <- struct{}{}
	if _, err := k.get(gone, work); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

// TestFlag words what settings decide that few proxies have.
func TestFlag(t *testing.T) {
	api := rules.ProxyAPI{Service: "proxy", Name: "Proxy", Operations: []rules.Operation{
		{OperationID: "A", Method: "GET", Path: "/a", Spec: true, Verdict: "allow", Flag: "GET"},
		{OperationID: "B", Method: "GET", Path: "/b", Spec: true, Verdict: "deny"},
		{OperationID: "C", Method: "GET", Path: "/c", Verdict: "deny"},
	}}
	const opened = "\n\nThe socket proxy \"proxy\" (Proxy): 1 of 2 operations allowed; root on the host is blocked; nobody in this project reaches it."
	d := deploymentOf(rules.Review{DockerAPI: []rules.ProxyAPI{api}})
	for _, row := range []struct {
		name   string
		effect rules.FlagEffect
		steers bool
		want   string
	}{
		{"NO", rules.FlagEffect{Closes: []string{"B"}}, true, "\"NO\" closes 1 operation of the Docker API while it is on:\n\n- GET \"/b\"" + opened},
		{"BOTH", rules.FlagEffect{Opens: []string{"A"}, Closes: []string{"B"}}, true, "\"BOTH\" opens 1 operation of the Docker API, which would be denied without it:\n\n- GET \"/a\"" + opened},
		{"BEYOND", rules.FlagEffect{Opens: []string{"C"}}, true, "\"BEYOND\" would open 1 operation of the Docker API, denied as it is:\n\n- GET \"/c\"" + opened},
		{"GET", rules.FlagEffect{}, false, "\"GET\" lets 1 operation of the Docker API through:\n\n- GET \"/a\"" + opened},
		{"LOG", rules.FlagEffect{}, false, "\"LOG\" decides on no operation of the Docker API." + opened},
		{"POST", rules.FlagEffect{}, true, "\"POST\" changes nothing here: what it could open stays closed, or is open, by other flags." + opened},
	} {
		if got := d.flag(prose{}, api, row.name, row.effect, row.steers); got != row.want {
			t.Errorf("%s:\n%s\nwant:\n%s", row.name, got, row.want)
		}
	}
	api.Doubts = []string{"its image is another one"}
	api.Replaced = true
	if got, want := d.flag(prose{}, api, "GET", rules.FlagEffect{}, false), `It is not known what the socket proxy "proxy" lets through, since its image is another one.`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
