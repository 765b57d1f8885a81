package rules

// ParseData is what the policies' tests get as data, read as the engine reads it.
var ParseData = parseData
