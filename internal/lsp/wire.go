package lsp

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// maxMessage bounds a message, in bytes: a file of the largest size, with every character escaped, and more.
const maxMessage = 64 << 20

// maxHeader bounds the lines before a message, in bytes.
const maxHeader = 4 << 10

// codec reads and writes messages with the headers of the base protocol. What is no JSON, or beyond the limit, is
// passed over: the next message is read.
type codec struct {
	// passed is called with what is wrong with a message that is passed over.
	passed func(error)
}

// WriteObject implements jsonrpc2.ObjectCodec.
func (codec) WriteObject(w io.Writer, message any) error {
	data, err := json.Marshal(message)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "Content-Length: %d\r\n\r\n%s", len(data), data)
	return err
}

// ReadObject implements jsonrpc2.ObjectCodec.
func (c codec) ReadObject(r *bufio.Reader, message any) error {
	for {
		length, err := readHeader(r)
		if err != nil {
			if !errors.Is(err, io.EOF) {
				c.passed(err) // and the last: where the next one begins is not known
			}
			return err
		}
		if length > maxMessage {
			c.passed(fmt.Errorf("a message of %d bytes is larger than the limit of %d MiB", length, maxMessage>>20))
			if _, err := io.CopyN(io.Discard, r, length); err != nil {
				return err
			}
			continue
		}
		data := make([]byte, length)
		if _, err := io.ReadFull(r, data); err != nil {
			return err
		}
		if err = json.Unmarshal(data, message); err == nil {
			return nil
		}
		c.passed(fmt.Errorf("a message cannot be read: %w", err))
	}
}

// readHeader is the length of the message that follows.
func readHeader(r *bufio.Reader) (length int64, err error) {
	length = -1
	for read := 0; read <= maxHeader; {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		read += len(line)
		name, value, found := strings.Cut(strings.TrimRight(string(line), "\r\n"), ":")
		switch {
		case !found && name == "" && length >= 0:
			return length, nil
		case !found && name == "" && read == len(line):
			continue // an empty line before a message
		case !found:
			return 0, errors.New("a message has no Content-Length")
		case strings.EqualFold(strings.TrimSpace(name), "Content-Length"):
			if length, err = strconv.ParseInt(strings.TrimSpace(value), 10, 64); err != nil || length < 0 {
				return 0, fmt.Errorf("the Content-Length %q is no number of bytes", strings.TrimSpace(value))
			}
		}
	}
	return 0, errors.New("the headers of a message do not end")
}
