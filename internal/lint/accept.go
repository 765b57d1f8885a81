package lint

import (
	"bytes"
	"errors"
	"path/filepath"

	"github.com/composelint/composelint/internal/yamledit"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/config"
	"github.com/composelint/composelint/rules/triage"
)

// IgnoreFor is the file of a finding with an ignore for it, whose reason is to be filled in. An error says why no
// comment can accept it.
func (t *Triaged) IgnoreFor(f rules.Finding) (triage.Ignored, error) {
	all := make([]triage.Accepting, len(t.projects))
	for i, p := range t.projects {
		all[i] = triage.Accepting{Judged: p.judged}
		for _, other := range p.judged.Findings {
			if isSame(f, other) {
				all[i].Accepted = append(all[i].Accepted, other)
			} else {
				all[i].Others = append(all[i].Others, other)
			}
		}
	}
	files, refused := triage.AddIgnores(all, t.options.Today)
	switch {
	case len(refused) > 0:
		return triage.Ignored{}, errors.New(t.mask().Text(refused[0].Why))
	case len(files) != 1:
		return triage.Ignored{}, errors.New("it is no finding of the project")
	}
	return files[0], nil
}

// isSame is true for a finding as a report has it and as it was found.
func isSame(a, b rules.Finding) bool {
	return a.Rule == b.Rule && a.Location == b.Location && a.At == b.At && a.Key == b.Key
}

// ExceptionFor is the configuration of the project with an exception for a finding, whose reason is to be filled in;
// it has no text before where there is none yet. An error says why there can be none.
func (p *Judged) ExceptionFor(f rules.Finding) (path string, before, after []byte, err error) {
	if !triage.Acceptable(f.Rule) {
		return "", nil, nil, errors.New("what is wrong with a file is to be corrected")
	}
	line := "exceptions:\n  - " + triage.ExceptionFor(f, p.judged.Mask) + "\n"
	file := p.configuration
	if file == nil {
		return filepath.Join(p.options.Directory(), config.FileNames[0]), nil, []byte(line), nil
	}
	opened, err := yamledit.Open(file)
	if err != nil {
		return "", nil, nil, err
	}
	if len(opened.Docs) == 0 || len(opened.Docs[0].Keys()) == 0 {
		text := file.Text
		if len(bytes.TrimSpace(text)) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
			text = append(bytes.Clone(text), '\n')
		}
		return file.Path, file.Text, append(bytes.Clone(text), line...), nil
	}
	edit, err := withException(opened, triage.ExceptionFields(f, p.judged.Mask))
	if err != nil {
		return "", nil, nil, err
	}
	after, err = yamledit.Apply(file.Text, []yamledit.Edit{edit})
	return file.Path, file.Text, after, err
}

// withException adds an exception to a configuration.
func withException(f *yamledit.File, exception map[string]any) (yamledit.Edit, error) {
	document := f.Docs[0]
	if list := document.Field("exceptions"); list != nil && len(list.Items) > 0 {
		return f.Append(list, exception)
	}
	return f.Set(document, []string{"exceptions"}, []any{exception})
}
