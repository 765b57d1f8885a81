package main

import (
	"context"
	"io"
	"maps"
	"slices"
	"strings"
	"text/template"

	"github.com/spf13/pflag"

	"github.com/composelint/composelint/internal/lint"
)

// complete prints the completions for a shell.
func (c *command) complete(o *options) int {
	engine, err := lint.New(o.lint()).Engine()
	if err != nil {
		return c.trouble(err)
	}
	kinds, err := engine.Deployments(context.Background())
	if err != nil {
		return c.trouble(err)
	}
	rules := engine.Catalogue.IDs()
	flags := completions(o, map[string][]string{"RULE": rules, "RULES": rules, "KIND": slices.Sorted(maps.Keys(kinds))})
	err = c.write(o, func(w io.Writer) error { return completionScripts().ExecuteTemplate(w, o.completion, flags) })
	if err != nil {
		return c.trouble(err)
	}
	return statusClean
}

// completion is a flag as a shell completes it.
type completion struct {
	Name, Short string
	// Text says what it does, in one line.
	Text string
	// Value is what its value is called, as FILE, DIR or RULE; empty where it has none.
	Value string
	// Words are the values, where only some are possible.
	Words []string
	// Many is true where it may be given more than once, Optional where it need have no value.
	Many, Optional bool
}

// completions are those of the flags, given the words that may stand for their values.
func completions(o *options, values map[string][]string) []completion {
	var all []completion
	o.flags.VisitAll(func(f *pflag.Flag) {
		value, text := pflag.UnquoteUsage(f)
		c := completion{
			Name: f.Name, Short: f.Shorthand, Value: value, Text: strings.ReplaceAll(text, "\n", " "),
			Words: o.choices[f.Name],
			Many:  strings.HasSuffix(f.Value.Type(), "Array") || strings.HasSuffix(f.Value.Type(), "Slice"), Optional: f.NoOptDefVal != "",
		}
		if known := values[value]; known != nil {
			c.Words = known
		}
		if f.Value.Type() == "bool" {
			c.Value, c.Optional = "", false
		}
		all = append(all, c)
	})
	return append(all, completion{Name: "help", Short: "h", Text: "print the usage"})
}

// Spellings are those of the flag.
func (c completion) Spellings() []string {
	if c.Short == "" {
		return []string{"--" + c.Name}
	}
	return []string{"-" + c.Short, "--" + c.Name}
}

func completionScripts() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"join": strings.Join,
		// described is a text in a description of zsh, within single quotes.
		"described": strings.NewReplacer(`'`, `'\''`, `[`, `\[`, `]`, `\]`, `:`, `\:`).Replace,
		"quoted":    func(s string) string { return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'" },
		"withValue": func(all []completion) []completion {
			return slices.DeleteFunc(slices.Clone(all), func(c completion) bool { return c.Value == "" || c.Optional })
		},
		"spellings": func(all []completion) (spellings []string) {
			for _, c := range all {
				spellings = append(spellings, c.Spellings()...)
			}
			return spellings
		},
	}).Parse(`{{define "bash"}}# bash completion for composelint: composelint --completion bash > FILE, then source FILE
_composelint() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
  if [[ $current == "=" ]]; then
    current=
  elif [[ $before == "=" ]]; then
    before=${COMP_WORDS[COMP_CWORD-2]}
  fi
  COMPREPLY=()
  case $before in
{{- range withValue .}}
    {{join .Spellings "|"}})
{{- if .Words}}
      COMPREPLY=($(compgen -W '{{join .Words " "}}' -- "$current"))
{{- else if eq .Value "DIR"}}
      compopt -o filenames
      COMPREPLY=($(compgen -d -- "$current"))
{{- else if ne .Value "FILE"}}
      compopt +o default
{{- end}}
      return
      ;;
{{- end}}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W '{{join (spellings .) " "}}' -- "$current"))
  fi
}
complete -o default -F _composelint composelint
{{end}}{{define "zsh"}}#compdef composelint
# zsh completion for composelint: composelint --completion zsh > "${fpath[1]}/_composelint"
_composelint() {
  _arguments -s -S \
{{- range .}}{{$flag := .}}
{{- range .Spellings}}
    '{{if $flag.Many}}*{{else}}({{join $flag.Spellings " "}}){{end}}{{.}}
{{- if and $flag.Value (eq (slice . 0 2) "--")}}={{end}}[{{described $flag.Text}}]
{{- with $flag.Value}}:{{if $flag.Optional}}:{{end}}{{.}}:
{{- if $flag.Words}}({{join $flag.Words " "}}){{else if eq . "FILE"}}_files{{else if eq . "DIR"}}_files -/{{else}} {{end}}
{{- end}}' \
{{- end}}
{{- end}}
    '*:file:_files'
}
if [ "${funcstack[1]}" = _composelint ]; then
  _composelint "$@"
else
  compdef _composelint composelint
fi
{{end}}{{define "fish"}}# fish completion for composelint: composelint --completion fish > ~/.config/fish/completions/composelint.fish
{{- range .}}
complete -c composelint{{with .Short}} -s {{.}}{{end}} -l {{.Name}}
{{- if .Value}}
{{- if .Words}} {{if not .Optional}}-x{{else}}-f{{end}} -a {{quoted (join .Words " ")}}{{else if eq .Value "DIR"}} -x -a '(__fish_complete_directories)'{{else if eq .Value "FILE"}} -r -F{{else}} -x{{end}}
{{- end}} -d {{quoted .Text}}
{{- end}}
{{end}}`))
}
