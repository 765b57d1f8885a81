package secret

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// mask stands for a value that is not to be shown.
const mask = "***"

// Mask is the project with a mask for every value that looks like a credential.
func Mask(project model.Project) model.Project {
	return maskedCopy(reflect.ValueOf(project)).Interface().(model.Project)
}

// maskedCopy copies a value of the model. Names of nodes stay, since places are found by
// them.
func maskedCopy(v reflect.Value) reflect.Value {
	switch original := v.Interface().(type) {
	case model.Setting:
		original.Value, original.Literal = maskedValue(original.Name, original.Value), maskValue(original.Name, original.Literal)
		return reflect.ValueOf(original)
	case model.ConfigFile:
		original.Content, original.Literal = maskedValue(original.Name, original.Content), maskValue(original.Name, original.Literal)
		original.Credentials = maskedCopy(reflect.ValueOf(original.Credentials)).Interface().([]model.Setting)
		return reflect.ValueOf(original)
	case model.BuildContext:
		original.Source = maskedValue(original.Name, original.Source)
		return reflect.ValueOf(original)
	case []model.Word:
		return reflect.ValueOf(maskedWords(original))
	}
	switch v.Kind() {
	case reflect.String:
		return reflect.ValueOf(MaskText(v.String())).Convert(v.Type())
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		c := reflect.New(v.Type().Elem())
		c.Elem().Set(maskedCopy(v.Elem()))
		return c
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			c.Index(i).Set(maskedCopy(v.Index(i)))
		}
		return c
	case reflect.Struct:
		c := reflect.New(v.Type()).Elem()
		for i := range v.NumField() {
			field := v.Field(i)
			if name := v.Type().Field(i).Name; name != "At" && name != "Through" {
				field = maskedCopy(field)
			}
			c.Field(i).Set(field)
		}
		return c
	}
	return v
}

// maskedWords masks the words of a command line.
func maskedWords(words []model.Word) []model.Word {
	masked := slices.Clone(words)
	values, literals := make([]string, len(words)), make([]string, len(words))
	for i, w := range words {
		literals[i] = w.Literal
		if values[i] = w.Literal; w.Value != nil {
			values[i] = *w.Value
		}
		masked[i].Value, masked[i].Literal = maskedValue("", w.Value), maskValue("", w.Literal)
	}
	for i, secret := range (names{}).inWords(values) {
		if words[i].Value != nil {
			masked[i].Value = new(masking(values[i], secret.Range))
		}
	}
	for i, secret := range (names{}).inWords(literals) {
		masked[i].Literal = masking(literals[i], secret.Range)
	}
	return masked
}

func maskedValue(name string, value *string) *string {
	if value == nil {
		return nil
	}
	return new(maskValue(name, *value))
}

// maskValue masks a value by the name it stands under, by the names that stand in it, and
// by its own shape.
func maskValue(name, value string) string { return masking(value, names{}.in(name, value)...) }

// MaskQuoted masks in a message the credentials of a value that it may quote, which stands under
// a key.
func MaskQuoted(message, key, value string) string {
	for _, secret := range (names{}).in(key, value) {
		message = strings.ReplaceAll(message, value[secret.Start:secret.End], mask)
	}
	return message
}

// MaskText masks what looks like a credential by its own shape.
func MaskText(text string) string { return masking(text, harmful(text, byShape(text)...)...) }

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
