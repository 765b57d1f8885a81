package lsp

import (
	"net/url"
	"path/filepath"
	"strings"
)

// pathOf is the path of a file by its URI; ok is false for what is no file.
func pathOf(uri string) (path string, ok bool) {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" || u.Path == "" {
		return "", false
	}
	path = u.Path
	if u.Host != "" && u.Host != "localhost" {
		path = "//" + u.Host + path // a share of Windows
	}
	if filepath.Separator == '\\' && len(path) > 2 && path[2] == ':' {
		path = strings.ToUpper(path[1:2]) + path[2:] // a drive of Windows
	}
	return filepath.Clean(filepath.FromSlash(path)), true
}

// uriOf is the URI of an absolute path.
func uriOf(path string) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed
	}
	return (&url.URL{Scheme: "file", Path: slashed}).String()
}
