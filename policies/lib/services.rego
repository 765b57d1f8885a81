# METADATA
# description: The services by name, for rules that have no more of one than its name.
package composelint.services

# by_name are the services, jobs and hooks by name.
by_name := {service.name: service | some service in input.project.services}
