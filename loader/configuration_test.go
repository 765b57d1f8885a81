package loader

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/model"
)

// TestConfiguration finds the nearest file up to the root of the repository, and refuses
// what it cannot take.
func TestConfiguration(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, dir := range []string{"repo/.git", "repo/own", "repo/none/below", "repo/both", "repo/directory/c.yaml", "repo/linked", "plain/below"} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"c.yaml", "repo/c.yml", "repo/own/c.yaml", "repo/both/c.yaml", "repo/both/c.yml", "repo/linked/real"} {
		if err := os.WriteFile(file, []byte(file), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile("repo/none/compose.yaml", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	link(t, "../../c.yaml", "repo/linked/c.yaml")
	link(t, "nowhere", "repo/none/below/c.yml")

	names := []string{"c.yaml", "c.yml"}
	for _, c := range []struct {
		name    string
		options Options
		want    string // the file, its URI, and its text
		err     string
		instead string
	}{
		{"beside the project", Options{Files: []string{"repo/own/compose.yaml"}}, "repo/own/c.yaml own/c.yaml repo/own/c.yaml", "", "repo/c.yml"},
		{"above the project", Options{Files: []string{"repo/none/compose.yaml"}}, "repo/c.yml c.yml repo/c.yml", "", ""},
		{"the project directory counts", Options{Files: []string{"repo/none/compose.yaml"}, ProjectDirectory: "repo/own"},
			"repo/own/c.yaml own/c.yaml repo/own/c.yaml", "", "repo/c.yml"},
		{"without a repository, up to the working directory", Options{Files: []string{"plain/below/compose.yaml"}}, "c.yaml c.yaml c.yaml", "", ""},
		{"two names", Options{Files: []string{"repo/both/compose.yaml"}}, "", `"repo/both/c.yaml" and "repo/both/c.yml" are both there: keep one of them`, ""},
		{"a directory", Options{Files: []string{"repo/directory/compose.yaml"}}, "", `could not read "repo/directory/c.yaml": it is not a regular file`, ""},
		{"a link that leads nowhere", Options{Files: []string{"repo/none/below/compose.yaml"}}, "", `could not read "repo/none/below/c.yml": there is no such file`, ""},
		{"a link that leads outside", Options{Files: []string{"repo/linked/compose.yaml"}}, "",
			`"repo/linked/c.yaml" is outside of the project's root: use --allow-outside to read it`, ""},
		{"outside is allowed", Options{Files: []string{"repo/linked/compose.yaml"}, AllowOutside: true},
			"repo/linked/c.yaml linked/c.yaml c.yaml", "", "repo/c.yml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, instead, err := Configuration(c.options, names)
			checkFile(t, file, err, c.want, c.err)
			if instead != c.instead {
				t.Errorf("instead of %q, not %q", instead, c.instead)
			}
		})
	}
	t.Run("from below", func(t *testing.T) {
		t.Chdir("repo/none")
		file, _, err := Configuration(Options{Files: []string{"compose.yaml"}}, names)
		checkFile(t, file, err, "../c.yml c.yml repo/c.yml", "")
	})
	t.Run("not above the root", func(t *testing.T) {
		if err := os.Remove("repo/c.yml"); err != nil {
			t.Fatal(err)
		}
		file, _, err := Configuration(Options{Files: []string{"repo/none/compose.yaml"}}, names)
		checkFile(t, file, err, "", "")
	})
}

// TestNamedFile reads a named file wherever it is, but through no link that leads away from there.
func TestNamedFile(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.MkdirAll("below", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("c.yaml", []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir("below")
	file, err := NamedFile(Options{}, "../c.yaml")
	checkFile(t, file, err, "../c.yaml c.yaml text", "")
	file, err = NamedFile(Options{}, "c.yaml")
	checkFile(t, file, err, "", `could not read "c.yaml": there is no such file`)
	if err := os.Symlink("../c.yaml", "linked.yaml"); err != nil {
		t.Fatal(err)
	}
	file, err = NamedFile(Options{}, "linked.yaml")
	checkFile(t, file, err, "", `"linked.yaml" is outside of the project's root: use --allow-outside to read it`)
	file, err = NamedFile(Options{AllowOutside: true}, "linked.yaml")
	checkFile(t, file, err, "linked.yaml linked.yaml text", "")
}

func checkFile(t *testing.T, file *model.File, err error, want, wantErr string) {
	t.Helper()
	got, gotErr := "", ""
	if file != nil {
		got = file.Path + " " + file.URI + " " + string(file.Text)
	}
	if err != nil {
		gotErr = err.Error()
	}
	if diff := cmp.Diff([]string{want, wantErr}, []string{got, gotErr}); diff != "" {
		t.Errorf("file and error (-want +got):\n%s", diff)
	}
}
