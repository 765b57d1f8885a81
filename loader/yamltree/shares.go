package yamltree

import "maps"

// Shares are the tree with some of the values of a section each, the first with all that does not stand under it
// as well: work on each value can be done side by side. There is none where there is no such section.
func (n *Node) Shares(section string, size int) []*Node {
	values := n.Field(section)
	if values == nil || values.Kind != Mapping {
		return nil
	}
	var shares []*Node
	var fields map[string]*Node
	for key, value := range values.Fields {
		if len(fields)%size == 0 {
			part, share := *values, *n
			fields = make(map[string]*Node, size)
			part.Fields, share.Fields = fields, map[string]*Node{section: &part}
			shares = append(shares, &share)
		}
		fields[key] = value
	}
	if len(shares) > 0 {
		rest := maps.Clone(n.Fields)
		rest[section] = shares[0].Fields[section]
		shares[0].Fields = rest
	}
	return shares
}

// Joined is the tree of which these are the shares.
func Joined(section string, shares []*Node) *Node {
	n := *shares[0]
	values := *n.Fields[section]
	values.Fields = map[string]*Node{}
	for _, share := range shares {
		maps.Copy(values.Fields, share.Fields[section].Fields)
	}
	n.Fields = maps.Clone(n.Fields)
	n.Fields[section] = &values
	return &n
}
