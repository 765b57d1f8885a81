module github.com/composelint/composelint/bench

go 1.26.0
