package rules

import (
	"context"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/version"
)

// NewCompiled is New for policies that were compiled beforehand: it takes a tenth of the
// time. compiled is what the test TestCompiled writes; where it was not made of these very
// policies, they are compiled.
func NewCompiled(ctx context.Context, policies fs.FS, compiled string) (*Engine, error) {
	sum, err := checksum(policies)
	if err != nil {
		return nil, fmt.Errorf("could not read the policies: %w", err)
	}
	d, ok := openCompiled(compiled, sum)
	if !ok {
		return New(ctx, policies)
	}
	catalogue, store := d.catalogue(), d.store()
	compiler := link(d.modules())
	if compiler.Failed() {
		return nil, fmt.Errorf("could not read the compiled policies: %w", compiler.Errors)
	}
	return newEngine(ctx, catalogue, compiler, store)
}

// checksum is that of everything that the compiled form is made of.
func checksum(policies fs.FS) (uint32, error) {
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	buffer := make([]byte, 32<<10)
	err := eachSource(policies, func(name string) error {
		f, err := policies.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		io.WriteString(sum, name)
		_, err = io.CopyBuffer(sum, f, buffer)
		return err
	})
	return sum.Sum32(), err
}

// compiledHead is what the compiled policies of a checksum begin with. The number is raised
// when the form changes; another version of OPA may compile otherwise.
func compiledHead(sum uint32) string {
	return fmt.Sprintf("composelint policies 3, OPA %s, %08x\n", version.Version, sum)
}

// openCompiled reads the strings of the compiled policies, unless they were made of others.
func openCompiled(compiled string, sum uint32) (*decoder, bool) {
	rest, ok := strings.CutPrefix(compiled, compiledHead(sum))
	if !ok {
		return nil, false
	}
	return newDecoder(rest), true
}

// link makes a compiler of modules that every rewriting stage has been through: what is left
// are the trees and the indexes. Stubs stand in at first, since Compile copies its modules.
func link(modules map[string]*ast.Module) *ast.Compiler {
	stubs := make(map[string]*ast.Module, len(modules))
	for name, m := range modules {
		stubs[name] = &ast.Module{Package: m.Package}
	}
	c := ast.NewCompiler().WithCapabilities(sandbox()).WithSkipStages(rewriting...)
	c.WithStageAfterID(ast.StageInitLocalVarGen, ast.CompilerStageDefinition{
		Name: "Compiled", MetricName: "compiled",
		Stage: func(c *ast.Compiler) *ast.Error { c.Modules = modules; return nil },
	})
	c.Compile(stubs)
	return c
}

// rewriting are the stages that compiled policies have behind them. Indexes of comprehensions
// are only for speed, and cost more than they save.
var rewriting = []ast.StageID{
	ast.StageResolveRefs, ast.StageCheckUnusedImports, ast.StageRewriteRuleHeadRefs, ast.StageCheckKeywordOverrides,
	ast.StageCheckDuplicateImports, ast.StageRemoveImports, ast.StageRewriteLocalVars, ast.StageRewriteTemplateStrings,
	ast.StageCheckVoidCalls, ast.StageRewritePrintCalls, ast.StageRewriteExprTerms, ast.StageParseMetadataBlocks,
	ast.StageSetAnnotationSet, ast.StageRewriteRegoMetadataCalls, ast.StageSetGraph, ast.StageRewriteComprehensionTerms,
	ast.StageRewriteRefsInHead, ast.StageRewriteWithValues, ast.StageCheckRuleConflicts, ast.StageCheckUndefinedFuncs,
	ast.StageCheckSafetyRuleHeads, ast.StageCheckSafetyRuleBodies, ast.StageRewriteEquals, ast.StageRewriteDynamicTerms,
	ast.StageRewriteTestRulesForTracing, ast.StageCheckRecursion, ast.StageCheckTypes, ast.StageCheckUnsafeBuiltins,
	ast.StageCheckDeprecatedBuiltins, ast.StageBuildComprehensionIndices, ast.StageBuildRequiredCapabilities,
}
