package secret

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/parallel"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// mask stands for a value that is not to be shown.
const mask = "***"

// Mask replaces secrets in texts: those that are known, wherever they stand, and what looks like
// one. It is the one thing that every text passes on its way to a reader.
type Mask struct {
	// values are the known ones in small letters and in order, within for each the longest other one
	// that it begins with, -1 for none.
	values []string
	within []int
	// starts tells by a hash of the first bytes of a stretch whether a value may begin it.
	starts [1 << 16]bool
	// environment are the values that environments and env files give, nil where they are not
	// masked: false for those of variables whose names say that they are harmless.
	environment map[string]bool
}

// NewMask masks the secrets of some projects.
func NewMask(all ...*Known) *Mask { return newMask(nil, all) }

// NewModelMask masks also what environments and env files give, unless the name of the variable
// says that it is harmless.
func NewModelMask(all ...*Known) *Mask { return newMask(map[string]bool{}, all) }

func newMask(environment map[string]bool, all []*Known) *Mask {
	m, values := &Mask{environment: environment}, map[string]bool{}
	for _, k := range all {
		k.addTo(values, k.values)
		k.addTo(values, k.loosePieces())
		if environment != nil {
			k.addTo(values, k.given(environment))
		}
	}
	m.values = slices.Sorted(maps.Keys(values))
	m.within = make([]int, len(m.values))
	for i, value := range m.values {
		m.starts[start(value)] = true
		m.within[i] = m.beginning(value, i-1)
	}
	return m
}

// loosePieces are the pieces of secrets that are no names of the project.
func (k *Known) loosePieces() map[string]bool {
	loose := maps.Clone(k.pieces)
	maps.DeleteFunc(loose, func(piece string, _ bool) bool { _, named := k.words[piece]; return named })
	return loose
}

// start is a hash of the bytes that every value has at least.
func start(text string) uint16 {
	first := uint32(text[0]) | uint32(text[1])<<8 | uint32(text[2])<<16 | uint32(text[3])<<24
	return uint16(first * 2654435761 >> 16)
}

// addTo adds those of the project's values that are not words of the project, as they stand and as
// messages quote them.
func (k *Known) addTo(values, own map[string]bool) {
	for value, counts := range own {
		if !counts || k.words[value] {
			continue
		}
		values[lower(value)] = true
		if quoted := strconv.Quote(value); len(quoted) > len(value)+2 {
			values[lower(quoted[1:len(quoted)-1])] = true
		}
	}
}

// isPartOfName is true for letters in capitals that are words of a variable's name: SECRET_KEY_BASE
// gives no secret_key_base away.
func isPartOfName(text string, start, end int) bool {
	part := text[start:end]
	joined := strings.Contains(part, "_") || start > 0 && text[start-1] == '_' || end < len(text) && text[end] == '_'
	return joined && !isMixed(part) && strings.ToUpper(part) == part
}

// lower is a text of the same length in which case does not matter: capabilities are written in
// capitals, names of networks in small letters.
func lower(text string) string {
	lowered := []byte(text)
	for i, b := range lowered {
		if 'A' <= b && b <= 'Z' {
			lowered[i] = b + 'a' - 'A'
		}
	}
	return string(lowered)
}

// beginning is the longest of the values up to number i that the text begins with, -1 where there
// is none. What comes before a value in order and begins the text as well, begins the value.
func (m *Mask) beginning(text string, i int) int {
	for i >= 0 && !strings.HasPrefix(text, m.values[i]) {
		i = m.within[i]
	}
	return i
}

// at is the longest of the values that stands at a place of a text, empty where there is none. One
// of letters or digits alone stands there as a word.
func (m *Mask) at(text string, start int) string {
	rest := text[start:min(len(text), start+2*maxValue)]
	i, found := slices.BinarySearch(m.values, rest)
	if !found {
		i--
	}
	for i = m.beginning(rest, i); i >= 0; i = m.within[i] {
		value := m.values[i]
		if isMixed(value) || !isWordByte(text, start-1) && !isWordByte(text, start+len(value)) {
			return value
		}
	}
	return ""
}

func isWordByte(text string, i int) bool {
	if i >= 0 && i < len(text) && text[i] == 'p' && (i == 0 || text[i-1] == '-' || text[i-1] == '[') {
		return false // the option before a password
	}
	return i >= 0 && i < len(text) && ('0' <= text[i] && text[i] <= '9' || 'A' <= text[i] && text[i] <= 'Z' || 'a' <= text[i] && text[i] <= 'z')
}

// in finds the known secrets in a text.
func (m *Mask) in(text string) []yamltree.Range {
	if len(m.values) == 0 {
		return nil
	}
	written := text
	text = lower(text)
	var all []yamltree.Range
	for i := 0; i+minMixed <= len(text); i++ {
		if !m.starts[start(text[i:])] {
			continue
		}
		if value := m.at(text, i); value != "" && !isPartOfName(written, i, i+len(value)) {
			all = append(all, yamltree.Range{Start: i, End: i + len(value)})
			i += len(value) - 1
		}
	}
	return all
}

// Text is a text without secrets.
func (m *Mask) Text(text string) string {
	return masking(text, append(m.in(text), worthHiding(text, names{}.byShape(text)...)...)...)
}

// Error is an error whose text shows no secret.
func (m *Mask) Error(err error) error { return maskedError{err, m.Text(err.Error())} }

type maskedError struct {
	error
	text string
}

func (e maskedError) Error() string { return e.text }

func (e maskedError) Unwrap() error { return e.error }

// Hide marks the secrets in a file, wherever they stand.
func (m *Mask) Hide(file *model.File) {
	for _, secret := range m.in(string(file.Text)) {
		file.Hide(secret.Start, secret.End)
	}
}

// Masked is a copy of a value in which no text shows a secret.
func Masked[T any](m *Mask, value T) T {
	return m.copyOf(reflect.ValueOf(&value).Elem()).Interface().(T)
}

// plain are the fields that name files and rules, or say something in a word of composelint's.
var plain = map[string]bool{"File": true, "URI": true, "Rule": true, "Verdict": true, "Kind": true, "OperationID": true, "Title": true, "Section": true}

// manyItems are so many that they are masked side by side.
const manyItems = 500

func (m *Mask) copyOf(v reflect.Value) reflect.Value {
	if v.CanInterface() {
		switch original := v.Interface().(type) {
		case model.Setting:
			return reflect.ValueOf(m.setting(original))
		case model.ConfigFile:
			original.Content, original.Literal = m.value(original.Name, original.Content), m.under(original.Name, original.Literal)
			original.At, original.Credentials = m.Text(original.At), Masked(m, original.Credentials)
			return reflect.ValueOf(original)
		case model.BuildContext:
			original.At, original.Source = m.Text(original.At), m.value(original.Name, original.Source)
			return reflect.ValueOf(original)
		case model.MissingFile: // a path that no report looks a file up by
			original.At, original.File = m.Text(original.At), m.Text(original.File)
			return reflect.ValueOf(original)
		case []model.Word:
			return reflect.ValueOf(m.words(original))
		}
	}
	switch v.Kind() {
	case reflect.String:
		text := v.String()
		if m.environment[text] {
			text = mask
		}
		return reflect.ValueOf(m.Text(text)).Convert(v.Type())
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		c := reflect.New(v.Type().Elem())
		c.Elem().Set(m.copyOf(v.Elem()))
		return c
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		workers := 1
		if v.Len() >= manyItems {
			workers = parallel.Processors()
		}
		parallel.Do(workers, v.Len(), func() func(int) {
			return func(i int) { c.Index(i).Set(m.copyOf(v.Index(i))) }
		})
		return c
	case reflect.Struct:
		c := reflect.New(v.Type()).Elem()
		c.Set(v)
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() && (!plain[field.Name] || field.Type.Kind() != reflect.String) {
				c.Field(i).Set(m.copyOf(v.Field(i)))
			}
			if field := c.Field(i); v.Type().Field(i).Name == "Reason" && field.Kind() == reflect.String { // what a user says
				field.SetString(MaskProse(field.String()))
			}
		}
		return c
	}
	return v
}

// gives is true for a value of which an environment or an env file gives a part that may be a
// secret: the literal is what is left of the value without it.
func (m *Mask) gives(value *string, literal string) bool {
	if m.environment == nil || value == nil || *value == literal || isHarmless(*value) {
		return false
	}
	for given, counts := range m.environment {
		if !counts && given != "" && strings.Replace(*value, given, "", 1) == literal {
			return false
		}
	}
	return true
}

// setting masks what a variable, label or option says. The value that an environment or an env
// file gives is none that the files themselves say.
func (m *Mask) setting(s model.Setting) model.Setting {
	fromFile := m.environment != nil && s.FromFile
	if !IsHarmlessKey(s.Name) {
		if m.gives(s.Value, s.Literal) || fromFile && s.Value != nil && !isHarmless(*s.Value) {
			s.Value = new(mask)
		}
		if fromFile && !isHarmless(s.Literal) {
			s.Literal = mask
		}
	}
	s.Value, s.Literal = m.value(s.Name, s.Value), m.under(s.Name, s.Literal)
	s.At, s.Name = m.Text(s.At), m.Text(s.Name)
	return s
}

// words masks the words of a command line.
func (m *Mask) words(words []model.Word) []model.Word {
	masked := slices.Clone(words)
	values, literals := make([]string, len(words)), make([]string, len(words))
	for i, w := range words {
		literals[i] = w.Literal
		if values[i] = w.Literal; w.Value != nil {
			values[i] = *w.Value
		}
		masked[i].At, masked[i].Value, masked[i].Literal = m.Text(w.At), m.value("", w.Value), m.under("", w.Literal)
		if m.gives(w.Value, w.Literal) {
			masked[i].Value = new(mask)
		}
	}
	for i, secret := range (names{}).inWords(values, true) {
		if words[i].Value != nil {
			masked[i].Value = new(masking(values[i], secret.Range))
		}
	}
	for i, secret := range (names{}).inWords(literals, true) {
		masked[i].Literal = masking(literals[i], secret.Range)
	}
	return masked
}

func (m *Mask) value(name string, value *string) *string {
	if value == nil {
		return nil
	}
	return new(m.under(name, *value))
}

// under masks a value by the name it stands under, by the names that stand in it, by its own
// shape, and by what is known.
func (m *Mask) under(name, value string) string {
	return masking(value, append(m.in(value), names{}.in(name, value)...)...)
}

// MaskQuoted masks in a message the credentials of a value that it may quote, which stands under
// a key.
func MaskQuoted(message, key, value string) string {
	for _, secret := range (names{}).in(key, value) {
		message = strings.ReplaceAll(message, value[secret.Start:secret.End], mask)
	}
	return message
}

// MaskText masks what looks like a credential by its own shape.
func MaskText(text string) string {
	return masking(text, worthHiding(text, names{}.byShape(text)...)...)
}

// masking puts the mask in the place of the secrets.
func masking(text string, secrets ...yamltree.Range) string {
	if len(secrets) == 0 {
		return text
	}
	slices.SortFunc(secrets, func(a, b yamltree.Range) int { return cmp.Compare(a.Start, b.Start) })
	var out strings.Builder
	done := 0
	for _, s := range secrets {
		if s.End <= done {
			continue
		}
		if s.Start >= done {
			out.WriteString(text[done:s.Start] + mask)
		}
		done = s.End
	}
	out.WriteString(text[done:])
	return out.String()
}
