package rules

// Encode makes of a model what the policies get as input.
var Encode = encode
