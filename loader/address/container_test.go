package address

import (
	"strings"
	"testing"
)

func TestServiceOfContainer(t *testing.T) {
	named := func(service string) bool { return service == "web" || service == "web-front" || service == "1" }
	for name, want := range map[string]string{
		"shop-web-1":                        "web",
		"shop_web_12":                       "web",
		"my-shop-web-1":                     "web",
		"shop-web-front-1":                  "web-front",
		"shop-1-1":                          "1",
		"shop-api-1":                        "",
		"shop_web-1":                        "",
		"web-1":                             "",
		"shop-web":                          "",
		"web":                               "",
		"":                                  "",
		strings.Repeat("a", 300) + "-web-1": "",
	} {
		if got := ServiceOfContainer(name, named); got != want {
			t.Errorf("%.20q was made of %q, want %q", name, got, want)
		}
	}
}
