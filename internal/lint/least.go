package lint

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// Least is a project with the least of the Docker API that its clients need.
type Least struct {
	*Configured
	// Answer shows no secret. The proxies that were added to the project to ask about them are not in it.
	Answer rules.Least
}

func (p *Least) unexplained() error {
	switch {
	case p.Incomplete:
		return fmt.Errorf("could not read all of %q: composelint without least says why", p.Files[0])
	case len(p.Problems) > 0 && !p.fragment():
		return fmt.Errorf("docker compose would refuse %q, so that clients may be missing here: composelint without least says why", p.Files[0])
	}
	return nil
}

// fragment is true where no service of the project's own has an image or a build: what it lacks may stand
// elsewhere, and docker compose would refuse it as it is.
func (p *Least) fragment() bool {
	return !slices.ContainsFunc(p.Project.Services, func(s model.Service) bool {
		return !strings.HasPrefix(s.Name, rules.LeastService("")) && (s.Image != nil || s.Built)
	})
}

// namedProxies is what the file is called that adds the proxies to a project.
const namedProxies = "<proxies>"

// Deployments are, by kind, the socket proxies that flags, profiles or lists alone set up.
func (l *Linter) Deployments(ctx context.Context) (map[string]rules.Deployment, error) {
	engine, err := l.Engine()
	if err != nil {
		return nil, err
	}
	return engine.Deployments(ctx)
}

// Least loads the projects, and asks the policies for the least that their clients need of each socket
// proxy that flags, profiles or lists alone set up.
func (l *Linter) Least(ctx context.Context, found []loader.Found, step func()) (Result[*Least], error) {
	deployments, err := l.Deployments(ctx)
	if err != nil {
		return Result[*Least]{}, err
	}
	l.Load.Texts = maps.Clone(l.Load.Texts)
	if l.Load.Texts == nil {
		l.Load.Texts = map[string][]byte{}
	}
	l.Load.Texts[namedProxies] = proxiesOf(deployments)
	return run(ctx, l, found, step, l.toLeast)
}

// proxiesOf is a Compose file with a service of each kind, which is on no network.
func proxiesOf(deployments map[string]rules.Deployment) []byte {
	var b strings.Builder
	b.WriteString("services:\n")
	for _, kind := range sortedKeys(deployments) {
		fmt.Fprintf(&b, "  %s: {image: %q, network_mode: none}\n", rules.LeastService(kind), deployments[kind].Image)
	}
	return []byte(b.String())
}

func (l *Linter) toLeast(ctx context.Context, found loader.Found) outcome[*Least] {
	before := l.toConfigured(ctx, loader.Found{Files: append(slices.Clone(found.Files), namedProxies)})
	o := outcome[*Least]{history: before.history}
	if len(o.errors) > 0 {
		return o
	}
	c := before.project
	c.Found, o.Found = found, found
	err := c.engine.bounded(ctx, fmt.Sprintf("could not judge %q", c.Files[0]), func(ctx context.Context) error {
		answer, err := c.engine.Least(ctx, c.Input(c.config), c.Sources)
		o.project = &Least{Configured: c, Answer: loader.Masked(loader.NewMask(c.Secrets), answer)}
		return err
	})
	if err != nil {
		o.errors = masked(c.Loaded, err)
	}
	return o
}

// Taken are the names of the project's services and networks, but for those of the proxies that it has and
// of their networks: others take their place.
func (p *Least) Taken() []string {
	var names []string
	replaced := map[string]bool{}
	for _, s := range p.Project.Services {
		if !slices.Contains(p.Answer.Replaced, s.Name) {
			names = append(names, s.Name)
			continue
		}
		for _, n := range s.Networks {
			replaced[n.Name] = true
		}
	}
	for _, n := range p.Project.Networks {
		if !replaced[n.Name] {
			names = append(names, n.Name)
		}
	}
	return names
}

// namedImages is what the project of some images is called.
const namedImages = "<images>"

// OfImages is a project with a service of each image, which holds the engine's socket, and the text of its
// file.
func OfImages(images []string) (loader.Found, map[string][]byte, error) {
	var b strings.Builder
	b.WriteString("services:\n")
	taken := map[string]bool{}
	for _, image := range images {
		if !imageReference.MatchString(image) {
			return loader.Found{}, nil, fmt.Errorf("--image cannot be %q: write an image such as traefik:v3.6", image)
		}
		name := serviceOf(image)
		for n := 2; taken[name]; n++ {
			name = serviceOf(image) + "-" + strconv.Itoa(n)
		}
		taken[name] = true
		fmt.Fprintf(&b, "  %q: {image: %q, volumes: [\"/var/run/docker.sock:/var/run/docker.sock:ro\"]}\n", name, image)
	}
	return loader.Found{Files: []string{namedImages}}, map[string][]byte{namedImages: []byte(b.String())}, nil
}

// imageReference is an image, with the last element of its path.
var imageReference = regexp.MustCompile(`^(?:[a-zA-Z0-9][a-zA-Z0-9.:_-]*/)*([a-zA-Z0-9][a-zA-Z0-9._-]*)(?::[a-zA-Z0-9._-]+)?(?:@[a-zA-Z0-9:]+)?$`)

// serviceOf is a name for a service of an image.
func serviceOf(image string) string { return imageReference.FindStringSubmatch(image)[1] }
