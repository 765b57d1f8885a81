package composelint.tables_test

import data.composelint.tables

test_what_is_prepared if {
	tables == data.composelint.prepared
}
