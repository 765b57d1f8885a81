package compiled

import (
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/rules/policy"
)

// link makes a compiler of modules that every rewriting stage has been through: what is left
// are the trees and the indexes. Stubs stand in at first, since Compile copies its modules.
func link(modules map[string]*ast.Module) *ast.Compiler {
	stubs := make(map[string]*ast.Module, len(modules))
	for name, m := range modules {
		stubs[name] = &ast.Module{Package: m.Package}
	}
	c := ast.NewCompiler().WithCapabilities(policy.Sandbox()).WithSkipStages(rewriting...)
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
