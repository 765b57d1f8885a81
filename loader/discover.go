package loader

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// The names that docker compose looks for, in its order (cli/options.go of compose-go).
var (
	defaultNames  = []string{"compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"}
	overrideNames = []string{"compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"}
)

// Discover finds the files of the project that a bare docker compose would run in dir:
// those of COMPOSE_FILE, else the default file in dir or the nearest directory above, and
// the override file beside it.
func Discover(dir string, environment Lookup) ([]string, error) {
	if list, ok := environment("COMPOSE_FILE"); ok && list != "" {
		separator, ok := environment("COMPOSE_PATH_SEPARATOR")
		if !ok || separator == "" {
			separator = string(os.PathListSeparator)
		}
		var files []string
		for _, file := range strings.Split(list, separator) {
			if !filepath.IsAbs(file) {
				file = filepath.Join(dir, file)
			}
			files = append(files, file)
		}
		return files, nil
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	for up := dir; ; up = filepath.Join(up, "..") {
		if files := InDirectory(up); len(files) > 0 {
			return files, nil
		}
		if abs == filepath.Dir(abs) {
			return nil, fmt.Errorf("found no compose file here or in a directory above: name one, or run composelint where %s is", defaultNames[0])
		}
		abs = filepath.Dir(abs)
	}
}

// InDirectory returns the default file of a directory and its override file, if any.
func InDirectory(dir string) []string {
	base := first(dir, defaultNames)
	if base == "" {
		return nil
	}
	if override := first(dir, overrideNames); override != "" {
		return []string{base, override}
	}
	return []string{base}
}

func first(dir string, names []string) string {
	for _, name := range names {
		file := filepath.Join(dir, name)
		if info, err := os.Stat(file); err == nil && !info.IsDir() {
			return file
		}
	}
	return ""
}
