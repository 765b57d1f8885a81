-- A session of Neovim with the language server, as somebody has it who opens compose.yaml. It runs in Neovim 0.7 and
-- later, and prints what the editor holds after each step.

local lines = {}
local function say(format, ...)
  table.insert(lines, string.format(format, ...))
end

local function finish()
  vim.fn.writefile(lines, 'session.txt')
  vim.cmd('qall!')
end

local function wait(what, is)
  if not vim.wait(20000, is, 10) then
    say('%s did not come', what)
    finish()
  end
end

vim.cmd('edit compose.yaml')
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({ name = 'composelint', cmd = { 'composelint', 'lsp' }, root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(buffer, client)

local function diagnostics()
  local found = {}
  for _, d in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(found, string.format('%d:%d-%d:%d %s %s %s', d.lnum, d.col, d.end_lnum, d.end_col, d.severity, d.code, d.message))
  end
  table.sort(found)
  return found
end

local function ask(method, line, column, more)
  local at = { line = line, character = column }
  local params = vim.tbl_extend('force', {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    position = at,
    range = { start = at, ['end'] = at },
    context = { diagnostics = {} },
  }, more or {})
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 20000) or {}
  return (answers[client] or {}).result
end

local function show(title, all)
  say('-- %s --', title)
  for _, line in ipairs(all) do
    say('%s', line)
  end
end

local function session()
  wait('a finding', function() return #diagnostics() > 0 end)
  show('diagnostics', diagnostics())

  -- The fix of the socket that is mounted writable.
  local before = #diagnostics()
  for _, action in ipairs(ask('textDocument/codeAction', 16, 10)) do
    say('-- action: %s', action.title)
    if action.isPreferred then
      vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(client).offset_encoding)
    end
  end
  show('the line afterwards', vim.api.nvim_buf_get_lines(buffer, 16, 17, true))
  wait('a finding less', function() return #diagnostics() < before end)
  show('diagnostics', diagnostics())

  local hover = ask('textDocument/hover', 12, 7)
  show('hover', vim.split(type(hover.contents) == 'table' and hover.contents.value or hover.contents, '\n'))

  vim.api.nvim_buf_set_lines(buffer, 15, 15, true, { '      IMA' })
  local offered = ask('textDocument/completion', 15, 9)
  for _, item in ipairs(offered.items or offered) do
    if item.label:match('^IMA') then
      show('completion', { item.label, item.detail or '' })
    end
  end
  vim.api.nvim_buf_set_lines(buffer, 15, 16, true, {})

  local found = ask('textDocument/definition', 4, 28)
  found = found[1] or found
  show('definition', { string.format('line %d of %s', found.range.start.line, vim.fn.fnamemodify(vim.uri_to_fname(found.uri), ':t')) })

  say('-- rename: %s --', tostring(vim.lsp.get_client_by_id(client).server_capabilities.renameProvider))
  show('buffer', vim.api.nvim_buf_get_lines(buffer, 0, -1, true))
end

local ok, err = pcall(session)
if not ok then
  say('%s', err)
end
finish()
