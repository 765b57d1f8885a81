package check

import (
	"maps"
	"slices"
	"strconv"

	"github.com/composelint/composelint/internal/suggest"
)

// logOptions are those of the engine's own log drivers (daemon/logger of moby v29.7.2).
var logOptions = map[string][]string{
	"awslogs": {
		"awslogs-region", "awslogs-endpoint", "awslogs-group", "awslogs-stream", "awslogs-create-group", "awslogs-create-stream",
		"awslogs-datetime-format", "awslogs-multiline-pattern", "awslogs-credentials-endpoint", "awslogs-force-flush-interval-seconds",
		"awslogs-max-buffered-events", "awslogs-format", "tag", "labels", "labels-regex", "env", "env-regex",
	},
	"fluentd": append([]string{
		"fluentd-address", "fluentd-async", "fluentd-async-reconnect-interval", "fluentd-buffer-limit", "fluentd-max-retries",
		"fluentd-request-ack", "fluentd-retry-wait", "fluentd-sub-second-precision", "fluentd-write-timeout", "fluentd-read-timeout",
	}, taggedLogs...),
	"gcplogs": {"gcp-project", "gcp-log-cmd", "gcp-meta-zone", "gcp-meta-name", "gcp-meta-id", "labels", "labels-regex", "env", "env-regex"},
	"gelf": append([]string{
		"gelf-address", "gelf-compression-type", "gelf-compression-level", "gelf-tcp-max-reconnect", "gelf-tcp-reconnect-delay",
	}, taggedLogs...),
	"journald":  taggedLogs,
	"json-file": append([]string{"max-size", "max-file", "compress"}, taggedLogs...),
	"local":     append([]string{"max-size", "max-file", "compress"}, taggedLogs...),
	"splunk": append([]string{
		"splunk-url", "splunk-token", "splunk-source", "splunk-sourcetype", "splunk-index", "splunk-capath", "splunk-caname",
		"splunk-insecureskipverify", "splunk-format", "splunk-verify-connection", "splunk-gzip", "splunk-gzip-level",
		"splunk-index-acknowledgment",
	}, taggedLogs...),
	"syslog": append([]string{
		"syslog-address", "syslog-facility", "syslog-tls-ca-cert", "syslog-tls-cert", "syslog-tls-key", "syslog-tls-skip-verify",
		"syslog-format",
	}, taggedLogs...),
}

var taggedLogs = []string{"labels", "labels-regex", "env", "env-regex", "tag"}

// everyLog are the options that the engine itself takes (daemon/logger/factory.go).
var everyLog = []string{"mode", "max-buffer-size", "cache-disabled", "cache-max-size", "cache-max-file", "cache-compress"}

// logs checks what a container says of its log. A driver that is not the engine's own may be a plug-in.
func (c creation) logs(s spot) {
	stated := s.under("logging", "driver")
	driver, known := stated.given()
	for _, own := range slices.Sorted(maps.Keys(logOptions)) {
		if known && isSlip(driver, own) {
			c.refuse(stated, "there is no log driver %q: did you mean %q?", driver, own)
		}
	}
	if stated.Node != nil && !known {
		return
	}
	options := s.under("logging", "options")
	for _, option := range options.entries() {
		c.logOption(option, driver)
	}
	if logOptions[driver] == nil || c.within(options.path) || !c.isWhole(s) {
		return
	}
	if size, mode := options.under("max-buffer-size"), options.under("mode"); size.text() != "" && mode.text() != "non-blocking" && !isOpen(mode) {
		c.refuse(size, `"max-buffer-size" needs the option "mode: non-blocking", too: add it, or remove the size`)
	}
	if driver == "json-file" {
		c.compressedLog(options)
	}
}

// logOption checks an option of a driver. Where none is stated, it may be any, and only a slip of the
// pen is known to be wrong.
func (c creation) logOption(option spot, driver string) {
	name := option.key()
	all := slices.Concat(logOptions[driver], everyLog)
	switch {
	case driver == "":
		for _, right := range logOptions["json-file"] {
			if isSlip(name, right) && !slices.Contains(logOptions["json-file"], name) {
				c.refuse(option, "the engine's log drivers have no option %q: did you mean %q?", name, right)
			}
		}
	case logOptions[driver] == nil:
	case !slices.Contains(all, name):
		right := suggest.Question(name, all)
		if right == "" {
			right = ": remove it"
		}
		c.refuse(option, "the log driver %q has no option %q%s", driver, name, right)
	case name == "mode" && option.text() != "blocking" && option.text() != "non-blocking":
		c.refuse(option, `"mode" cannot be %q%s`, option.text(), meant(option.text(), []string{"blocking", "non-blocking"}))
	}
}

// compressedLog follows New of the driver json-file (daemon/logger/jsonfilelog), which compresses what
// it has rotated.
func (c creation) compressedLog(options spot) {
	compress, size, files := options.under("compress"), options.under("max-size"), options.under("max-file")
	on, _ := strconv.ParseBool(compress.text())
	count, _ := strconv.Atoi(files.text())
	if on && !isOpen(size) && !isOpen(files) && (size.text() == "" || size.text() == "-1" || count < 2) {
		c.refuse(compress, `"compress" needs "max-size", and a "max-file" of 2 or more: add them, or remove it`)
	}
}

// isOpen is true for a value that is there and depends on a variable which is not known.
func isOpen(s spot) bool { return s.Node != nil && s.Unknown() }
