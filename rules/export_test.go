package rules

// Encode makes of a model what the policies get as input, Decode of what they return what the
// program reads.
var (
	Encode = encode
	Decode = decode
)
