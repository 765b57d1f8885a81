package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/internal/verify"
	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/internal/verify/probe"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/report"
	"github.com/composelint/composelint/rules"
)

// verified are the exit statuses of a verification.
var verified = map[check.Verdict]int{check.Agrees: statusClean, check.Differs: statusFindings, check.Unknown: statusTrouble}

// verifyDeadline is what all proxies may take together. Each takes seconds at most, unless it hardly answers.
const verifyDeadline = 5 * time.Minute

// verify compares what runs with what the files of a project promise.
func (c *command) verify(o *options) int {
	o.args = o.args[1:]
	format := slices.IndexFunc(report.VerifyFormats, func(f report.VerifyFormat) bool { return f.Name == o.format })
	if format < 0 {
		var names []string
		for _, f := range report.VerifyFormats {
			names = append(names, f.Name)
		}
		return c.trouble(fmt.Errorf("verify has no format %q: use %s", o.format, words.Or(names)))
	}
	ctx := context.Background()
	if err := c.readStdin(o); err != nil {
		return c.trouble(err)
	}
	if o.printScript {
		return c.printScript(ctx, o)
	}
	r, status, err := check.Report{}, statusClean, error(nil)
	if o.inspect != "" {
		if r, status, err = c.inspected(ctx, o); err != nil {
			return c.trouble(err)
		}
	}
	if o.inspect == "" || len(o.urls) > 0 {
		live, withoutAll, err := c.asked(ctx, o)
		if err != nil {
			return c.trouble(err)
		}
		r.Add(live)
		status = max(status, withoutAll)
	}
	if err := c.write(o, func(w io.Writer) error { return report.VerifyFormats[format].Write(w, r) }); err != nil {
		return c.trouble(err)
	}
	return max(status, verified[r.Verdict()])
}

// asked compares what the proxies answer. The status is that of what could not be read.
func (c *command) asked(ctx context.Context, o *options) (r check.Report, status int, err error) {
	promises, known, status, err := c.promised(ctx, o)
	if err != nil {
		return r, status, err
	}
	targets, err := c.targets(o, promises.Proxies)
	if err != nil {
		return r, status, err
	}
	if o.from != "" {
		on := promises.Services()
		if len(on) > 0 && !slices.Contains(on, o.from) {
			return r, status, fmt.Errorf("--from names the service %q, which is on no network of the project: use %s", o.from, words.Or(on))
		}
		r.Add(verify.From(o.from, promises.Networks, os.ReadFile))
	}
	ctx, cancel := context.WithTimeout(ctx, verifyDeadline)
	defer cancel()
	for _, t := range targets {
		_ = say(c.stderr, "composelint: asking %s for the operations of the Docker API; what it denies is in its log, with the User-Agent %s: tell whoever watches it", t.address, probe.UserAgent)
		r.Add(verify.Live(ctx, t.api, known, t.client))
		t.client.Close()
	}
	return r, status, nil
}

// printScript prints a script that asks the proxy at the address, or the only one.
func (c *command) printScript(ctx context.Context, o *options) int {
	noTLS := errors.New("nc speaks no TLS: give --print-script a --url tcp://HOST:PORT alone")
	promises, known, status, err := c.promised(ctx, o)
	switch {
	case err != nil:
		return c.trouble(err)
	case len(o.urls) > 1:
		return c.trouble(errors.New("--print-script is for one proxy: name one with --url"))
	case o.tlsCA+o.tlsCert+o.tlsKey != "":
		return c.trouble(noTLS)
	}
	service, address := "", probe.Address{}
	for _, text := range o.urls {
		if service, address, err = parseURL(text); err != nil {
			return c.trouble(err)
		}
		switch {
		case address.Encrypted():
			return c.trouble(noTLS)
		case address.Port() == "":
			return c.trouble(fmt.Errorf("nc asks no unix socket such as %s: give --print-script a --url tcp://HOST:PORT", address))
		}
	}
	api, err := proxyAt(promises.Proxies, service, address)
	if err != nil {
		return c.trouble(err)
	}
	if len(o.urls) == 0 {
		if address, err = probe.ParseAddress("tcp://" + api.Service + ":2375"); err != nil {
			return c.trouble(err)
		}
	}
	if err := c.write(o, func(w io.Writer) error { return verify.WriteScript(w, api, known, address.Host(), address.Port()) }); err != nil {
		return c.trouble(err)
	}
	return status
}

// parseURL reads a value of --url: an address, perhaps with the name of a service in front.
func parseURL(text string) (service string, address probe.Address, err error) {
	service, url, named := strings.Cut(text, "=")
	if !named || strings.Contains(service, ":") { // a path may have an equals sign as well
		service, url = "", text
	}
	address, err = probe.ParseAddress(url)
	return service, address, err
}

// promised is what the files of the project promise, or a report on it, with what there is to know besides.
func (c *command) promised(ctx context.Context, o *options) (promises verify.Promises, known rules.Knowledge, status int, err error) {
	if o.model != "" {
		if len(o.files)+len(o.args) > 0 {
			return promises, known, 0, errors.New("--model stands beside a project: use one of them")
		}
		if promises, err = readNamed(c, o.model, verify.ReadModel); err != nil {
			return promises, known, 0, fmt.Errorf("could not read %q: %w", o.model, cause(err))
		}
	} else if promises, status, err = c.reviewed(ctx, o); err != nil {
		return promises, known, 0, err
	}
	engine, err := lint.New(o.lint()).Engine()
	if err != nil {
		return promises, known, 0, err
	}
	known, err = engine.Knowledge(ctx)
	return promises, known, status, err
}

// readNamed reads a file that an option names, or the standard input.
func readNamed[T any](c *command, name string, read func(io.Reader) (T, error)) (value T, err error) {
	if name == "-" {
		return read(c.stdin)
	}
	f, err := os.Open(name)
	if err != nil {
		return value, err
	}
	defer f.Close()
	return read(f)
}

// reviewed is what the projects promise that the options name. The status is that of what could not be read.
func (c *command) reviewed(ctx context.Context, o *options) (promises verify.Promises, status int, err error) {
	l := c.linter(o)
	l.Review = true
	projects, status, err := c.projects(o, l)
	if err != nil {
		return promises, 0, err
	}
	status = max(status, proceed(ctx, c, o, projects, l.Judge, func(judged []*lint.Judged) int {
		for _, review := range l.Triage(judged).Report().Reviews {
			promises.Proxies = append(promises.Proxies, review.DockerAPI...)
			promises.Networks = append(promises.Networks, review.Networks...)
		}
		return statusClean
	}))
	return promises, status, nil
}

// target is a proxy with the address at which it is asked.
type target struct {
	api     rules.ProxyAPI
	address probe.Address
	client  *probe.Client
}

// targets are the proxies that are to be asked, by the addresses that the options name, or DOCKER_HOST.
func (c *command) targets(o *options, proxies []rules.ProxyAPI) ([]target, error) {
	urls := o.urls
	host, _ := c.environment("DOCKER_HOST")
	if len(urls) == 0 && host != "" {
		if strings.HasPrefix(host, "ssh:") {
			return nil, errors.New("DOCKER_HOST: verify asks nothing by ssh: name the proxy's address with --url tcp://HOST:PORT or --url unix:///PATH")
		}
		if _, _, err := parseURL(host); err != nil {
			return nil, fmt.Errorf("DOCKER_HOST: %w", err)
		}
		urls = []string{host}
	}
	if len(urls) == 0 {
		return nil, errors.New("verify asks no address of its own accord: name the proxy's with --url tcp://HOST:PORT or --url unix:///PATH, or by DOCKER_HOST")
	}
	var targets []target
	for _, text := range urls {
		service, address, err := parseURL(text)
		if err != nil {
			return nil, err
		}
		api, err := proxyAt(proxies, service, address)
		if err != nil {
			return nil, err
		}
		client, err := probe.NewClient(address, probe.TLS{CA: o.tlsCA, Cert: o.tlsCert, Key: o.tlsKey})
		if err != nil {
			return nil, err
		}
		targets = append(targets, target{api, address, client})
	}
	return targets, nil
}

// proxyAt is the proxy of that name, or the one that the host of the address names, or the only one.
func proxyAt(proxies []rules.ProxyAPI, service string, a probe.Address) (rules.ProxyAPI, error) {
	var names []string
	for _, p := range proxies {
		if p.Service == cmp.Or(service, a.Host()) {
			return p, nil
		}
		names = append(names, p.Service)
	}
	switch {
	case len(proxies) == 0:
		return rules.ProxyAPI{}, errors.New("the project has no socket proxy to compare with")
	case service != "":
		return rules.ProxyAPI{}, fmt.Errorf("--url names the service %q, which is no socket proxy of the project: use %s", service, words.Or(names))
	case len(proxies) > 1:
		return rules.ProxyAPI{}, fmt.Errorf("the project has several socket proxies: say which one is asked, as --url %s=%s", names[0], cmp.Or(a.String(), "URL"))
	}
	return proxies[0], nil
}
