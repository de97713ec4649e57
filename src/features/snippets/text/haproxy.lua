-- Once for all apps. Asks Vestibule about a request to the host that the configuration names.
local ASK = {
  "cookie", "accept", "authorization", "upgrade", "user-agent", "referer", "origin", "access-control-request-method",
  "sec-fetch-mode", "sec-fetch-site", "sec-fetch-dest", "x-http-method-override", "x-http-method", "x-method-override",
}
local TOLD = { "remote-user", "remote-name", "remote-email", "remote-groups" }
-- As few headers as there are names: HAProxy 2.6 crashes if a script sends more than it takes from a visitor.
local SEPARATOR = { ["cookie"] = "; " }
local OF_CONNECTION = { ["content-length"] = true, ["connection"] = true, ["transfer-encoding"] = true }

core.register_action("vestibule", { "http-req" }, function(txn, host)
  local sent, headers = txn.http:req_get_headers(), {}
  for name in pairs(sent) do -- however spelt: an app may read _ and . as -
    if name:gsub("[^%w]", "-"):find("^remote%-") then txn.http:req_del_header(name) end
  end
  for _, name in ipairs(ASK) do
    local values = sent[name]
    if values then
      headers[name] = { table.concat(values, SEPARATOR[name] or ", ", values[0] and 0 or 1) }
    end
  end
  headers["x-forwarded-method"] = { txn.sf:method() }
  headers["x-forwarded-host"] = { host }
  headers["x-forwarded-uri"] = { txn.sf:pathq() or "/" }
  headers["x-forwarded-for"] = { txn.sf:src() }
  local url = "http://@vestibule@/gate/forward-auth"
  local answer = core.httpclient():get({ url = url, headers = headers, timeout = 5000 })
  if answer and answer.status == 200 then
    for _, name in ipairs(TOLD) do
      local value = answer.headers[name] and (answer.headers[name][0] or answer.headers[name][1]) or ""
      if value ~= "" then txn.http:req_set_header(name, value) end
    end
    txn:set_var("txn.vestibule", "yes")
    return
  end
  -- Anything else is for the visitor, and the app is not asked.
  local reply = txn:reply()
  reply:set_status(answer and answer.status >= 300 and answer.status or 503)
  for name, values in pairs(answer and answer.headers or {}) do
    if not OF_CONNECTION[name] then
      for _, value in pairs(values) do reply:add_header(name, value) end
    end
  end
  if answer and answer.body then reply:set_body(answer.body) end
  txn:done(reply)
end, 1)
