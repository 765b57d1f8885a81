package probe

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// UserAgent is what every request is sent with, so that whoever watches a proxy's log knows it.
const UserAgent = "composelint-verify"

// The longest that a connection and an answer may take.
const (
	dialTimeout   = 5 * time.Second
	answerTimeout = 10 * time.Second
)

// TLS are the files that the user names for connections with TLS, each empty where there is none.
type TLS struct{ CA, Cert, Key string }

// Client asks one address.
type Client struct {
	probes    Probes
	transport *http.Transport
	host      string
	scheme    string
	// refused is true after an engine refused the version that is too new, or was seen to be
	// Podman, which has no swarm to leave.
	refused bool
	podman  bool
	// byVersion are the methods of which the proxy let something through with another version that it
	// denied with that one.
	byVersion map[string]bool
	// Version is that of the engine's API, as it says itself, empty where it did not.
	Version string
}

// NewClient opens no connection yet. It takes no proxy of the environment, follows no redirect, and looks up
// no name but that of the address.
func NewClient(a Address, files TLS) (*Client, error) {
	log.SetOutput(io.Discard) // where net/http, and nobody else, writes what a server sends unasked
	c := &Client{probes: All(), scheme: "http", host: "docker", byVersion: map[string]bool{}}
	if a.network == "tcp" {
		c.host = a.host
	}
	dialer := &net.Dialer{Timeout: dialTimeout}
	c.transport = &http.Transport{
		Proxy: nil,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, a.network, a.host)
		},
		MaxConnsPerHost:        1,
		MaxIdleConns:           1,
		MaxResponseHeaderBytes: 64 << 10,
		ResponseHeaderTimeout:  answerTimeout,
		TLSHandshakeTimeout:    dialTimeout,
		DisableCompression:     true,
	}
	if a.encrypted || files != (TLS{}) {
		config, err := files.config(a.Host())
		if err != nil {
			return nil, err
		}
		c.scheme, c.transport.TLSClientConfig = "https", config
	}
	return c, nil
}

func (f TLS) config(host string) (*tls.Config, error) {
	config := &tls.Config{ServerName: host}
	if f.CA != "" {
		text, err := os.ReadFile(f.CA)
		if err != nil {
			return nil, fmt.Errorf("could not read the certificates of --tls-ca: %w", err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("--tls-ca: there is no certificate in %q", f.CA)
		}
	}
	if f.Cert != "" || f.Key != "" {
		pair, err := tls.LoadX509KeyPair(f.Cert, f.Key)
		if err != nil {
			return nil, fmt.Errorf("could not read the certificate of --tls-cert with the key of --tls-key: %w", err)
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}

// Close ends the connection.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// send sends a request, unless it must not be sent.
func (c *Client) send(ctx context.Context, p Probe, version string) (answer, error) {
	if err := c.probes.refusal(p, version, c.refused); err != nil {
		return answer{}, notSent{err}
	}
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	u := url.URL{Scheme: c.scheme, Host: c.host, Path: version + p.Path, RawQuery: p.Query}
	request, err := http.NewRequestWithContext(ctx, p.Method, u.String(), strings.NewReader(p.Body))
	if err != nil {
		return answer{}, notSent{err}
	}
	for name, value := range p.Headers {
		request.Header.Set(name, value)
	}
	if p.Type != "" {
		request.Header.Set("Content-Type", p.Type)
	}
	request.Header.Set("User-Agent", UserAgent)
	response, err := c.transport.RoundTrip(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	a := answer{method: p.Method, status: response.StatusCode, header: response.Header}
	if !a.fromEngine() { // whose bodies are nobody's business
		a.body, _ = io.ReadAll(io.LimitReader(response.Body, bodyLimit))
	}
	if response.StatusCode != http.StatusSwitchingProtocols {
		_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 64<<10)) // so that the connection serves again
	}
	return a, nil
}

// notSent is the error of a request that was not sent.
type notSent struct{ error }

// failure says in a few words why there is no answer. What a server may have put into the text of an error
// is left out.
func failure(err error) string {
	var refusal notSent
	var timeout net.Error
	var unknown *net.DNSError
	var certificate *tls.CertificateVerificationError
	var dial *net.OpError
	switch {
	case errors.As(err, &refusal):
		return "not asked: " + refusal.Error()
	case errors.As(err, &unknown):
		return "no answer: its name is not known here"
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	case errors.As(err, &certificate):
		return "no answer: its certificate is not trusted"
	case errors.As(err, &dial) && dial.Op == "dial":
		return "no answer: nothing listens there, or it cannot be reached"
	}
	return "no answer: the connection was closed, or what came was no HTTP"
}
