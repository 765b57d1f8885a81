package policy_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/rules/policy"
)

// TestSandbox lists what policies may call, so that a builtin of a new release of OPA is looked at
// before they may call it: whether one call can take all time or memory, and whether it stops when
// the evaluation is cancelled.
func TestSandbox(t *testing.T) {
	want := strings.Fields(`
		abs all and any array.concat array.flatten array.reverse array.slice assign base64.decode
		base64.encode base64.is_valid base64url.decode base64url.encode base64url.encode_no_pad bits.and
		bits.negate bits.or bits.rsh bits.xor cast_array cast_boolean cast_null cast_object cast_set
		cast_string ceil concat contains count crypto.hmac.equal crypto.hmac.md5 crypto.hmac.sha1
		crypto.hmac.sha256 crypto.hmac.sha512 crypto.md5 crypto.sha1 crypto.sha256 div endswith eq
		equal floor format_int glob.match glob.quote_meta graph.reachable gt gte hex.decode hex.encode
		indexof indexof_n internal.member_2 internal.member_3 internal.print internal.template_string
		internal.test_case intersection is_array is_boolean is_null is_number is_object is_set is_string
		json.filter json.is_valid json.marshal json.marshal_with_options json.remove json.unmarshal lower
		lt lte max min minus mul neq net.cidr_contains net.cidr_contains_matches net.cidr_expand net.cidr_intersects
		net.cidr_is_valid net.cidr_merge net.cidr_overlap numbers.range numbers.range_step object.filter
		object.get object.keys object.remove object.subset object.union object.union_n or plus print
		product re_match regex.find_all_string_submatch_n regex.find_n regex.is_valid regex.match
		regex.replace regex.split regex.template_match rego.metadata.chain rego.metadata.rule
		rem replace round semver.compare semver.is_valid set_diff sort split sprintf startswith
		strings.any_prefix_match strings.any_suffix_match strings.count strings.replace_n strings.reverse
		strings.split_n substring sum time.add_date time.clock time.date time.diff time.format
		time.parse_duration_ns time.parse_ns time.parse_rfc3339_ns time.weekday to_number trace
		trim trim_left trim_prefix trim_right trim_space trim_suffix type_name union units.parse
		units.parse_bytes upper uri.is_valid uri.parse urlquery.decode urlquery.decode_object
		urlquery.encode urlquery.encode_object uuid.parse walk yaml.marshal
`)
	var got []string
	for _, b := range policy.Sandbox().Builtins {
		got = append(got, b.Name)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("builtins (-want +got):\n%s", diff)
	}
}
