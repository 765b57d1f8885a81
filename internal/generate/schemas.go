package generate

import (
	"path/filepath"
	"reflect"

	"github.com/composelint/composelint/internal/comments"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/report"
)

// modelSchema is model/schema.json: the schema of what policies see, with the comments of the
// structs as descriptions.
func modelSchema(root string) ([]byte, error) {
	described, err := comments.Of(filepath.Join(root, "model"))
	if err != nil {
		return nil, err
	}
	return model.SchemaOf(reflect.TypeFor[model.Input](), described)
}

// reportSchema is docs/report.schema.json: the schema of what the format json writes.
func reportSchema(root string) ([]byte, error) { return schemaOfReports(root, report.Schema) }

// leastSchema is docs/least.schema.json: the schema of what composelint least writes as JSON.
func leastSchema(root string) ([]byte, error) { return schemaOfReports(root, report.LeastSchema) }

func schemaOfReports(root string, schema func(map[string]string) ([]byte, error)) ([]byte, error) {
	described, err := comments.Of(filepath.Join(root, "report"), filepath.Join(root, "rules"), filepath.Join(root, "rules", "triage"), filepath.Join(root, "internal", "verify", "check"), filepath.Join(root, "model"))
	if err != nil {
		return nil, err
	}
	return schema(described)
}

// verifySchema is docs/verify.schema.json: the schema of what composelint verify writes as JSON.
func verifySchema(root string) ([]byte, error) { return schemaOfReports(root, report.VerifySchema) }
