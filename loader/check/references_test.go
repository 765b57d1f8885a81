package check

import "testing"

func TestReferences(t *testing.T) {
	runRefusals(t, []refusalCase{
		{"all defined", `
services:
  web: {image: a, networks: [front, default], volumes: ["data:/data", "/anonymous"], secrets: [token], configs: [conf], models: [llm]}
networks: {front: }
volumes: {data: }
secrets: {token: {file: ./token}}
configs: {conf: {content: a}}
models: {llm: {model: a}}
`, nil},
		{"networks", `
services:
  web:
    image: a
    networks: [frontnd, other]
  api:
    image: a
    networks:
      back: {aliases: [a]}
networks: {frontend: }
`, []string{
			`services.api.networks.back: the network "back" is not defined: add it to the top-level "networks" (8:7 «back»)`,
			`services.web.networks.frontnd: the network "frontnd" is not defined: did you mean "frontend"? (4:16 «frontnd»)`,
			`services.web.networks.other: the network "other" is not defined: add it to the top-level "networks" (4:25 «other»)`,
		}},
		{"default network of nobody", `
services:
  web: {image: a, networks: [default], provider: {type: a}}
`, []string{
			`services.web.networks.default: the network "default" is not defined: add it to the top-level "networks" (2:30 «default»)`,
		}},
		{"network with the name of an extension", `
services:
  web: {image: a, networks: [x-net]}
networks: {x-net: }
`, []string{
			`services.web.networks.x-net: "x-net" cannot be a name here: compose takes a key that begins with x- for an extension (2:30 «x-net»)`,
		}},
		{"network mode with networks", `
services:
  web:
    image: a
    network_mode: host
    networks: [front]
networks: {front: }
`, []string{
			`services.web.network_mode: "network_mode" and "networks" exclude each other: remove one (4:19 «host»)`,
		}},
		{"volumes", `
services:
  web:
    image: a
    volumes:
      - dta:/data
      - some/path:/path
      - {type: volume, source: cache, target: /cache}
volumes: {data: }
`, []string{
			`services.web.volumes[0].source: the volume "dta" is not defined: did you mean "data"? (5:9 «dta»)`,
			`services.web.volumes[1].source: the volume "some/path" is not defined: write "./some/path" for a path, or add it to the top-level "volumes" (6:9 «some/path»)`,
			`services.web.volumes[2].source: the volume "cache" is not defined: add it to the top-level "volumes" (7:32 «cache»)`,
		}},
		{"secrets, configs and models", `
services:
  web:
    image: a
    build: {context: ., secrets: [npm]}
    secrets: [tokn, {target: /a}]
    configs:
      - source: cnf
    models: [gpt]
secrets: {token: {environment: TOKEN}}
configs: {conf: {content: a}}
models: {llm: {model: a}}
`, []string{
			`services.web.build.secrets[0].source: the secret "npm" is not defined: add it to the top-level "secrets" (4:35 «npm»)`,
			`services.web.configs[0].source: the config "cnf" is not defined: did you mean "conf"? (7:17 «cnf»)`,
			`services.web.models.gpt: the model "gpt" is not defined: add it to the top-level "models" (8:14 «gpt»)`,
			`services.web.secrets[0].source: the secret "tokn" is not defined: did you mean "token"? (5:15 «tokn»)`,
			`services.web.secrets[1]: the secret lacks "source", its name (5:21 «{target: /a}»)`,
		}},
		{"what follows from another problem", `
services:
  web: {image: 5, networks: [front], volumes: ["data:/data"]}
networks: {front: 5}
volumes: 5
`, []string{
			`volumes: "volumes" must be a mapping, not a number (4:10 «5»)`,
			`services.web.image: "image" must be a string, not a number (2:16 «5»)`,
			`networks.front: "front" must be a mapping or empty, not a number (3:19 «5»)`,
		}},
	})
}
