# METADATA
# description: Versions of which a part is named.
package composelint.versions

# newest is the last release that a version names: 28 is any of 28.
#     versions.newest("28.1")
newest(version) := concat(".", array.slice(array.concat(split(version, "."), ["99999", "99999"]), 0, 3))
