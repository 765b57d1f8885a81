package plan

// LimitSteps sets how many steps a query may take.
func (p *Program) LimitSteps(n int) { p.maxSteps = n }
