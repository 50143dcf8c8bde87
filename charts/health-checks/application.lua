-- The wave gate: the health of an Application as its parent Application sees it. Argo CD has had no such check
-- since 1.8 (argo-cd#3781), and a wave waits for nothing that has no health check. The documented one copies
-- status.health, which after an update still describes the state before it (#4577, #5585).
-- Two rules decide every case:
--   Only a status that was computed for the present spec is a verdict; until then the answer is Progressing.
--   A state that only another commit can end is Degraded: a parent that waits for health reads no new commit,
--   one whose sync fails retries with refresh, and so takes the commit that repairs the child.
-- Argo CD runs this in Lua 5.1 without the string library.

-- What the controller leaves out (Go's omitempty) when it writes comparedTo. valuesObject is raw JSON and is
-- written whole: `enabled: false` in it differs from no `enabled`.
local function isZero(value)
  if type(value) ~= "table" then
    return value == nil or value == false or value == "" or value == 0
  end
  for key, inner in pairs(value) do
    if key == "valuesObject" or not isZero(inner) then
      return false
    end
  end
  return true
end

local function isEqual(left, right, exact)
  if left == right or (not exact and isZero(left) and isZero(right)) then
    return true
  end
  if type(left) ~= "table" or type(right) ~= "table" then
    return false
  end
  for key, value in pairs(left) do
    if not isEqual(value, right[key], exact or key == "valuesObject") then
      return false
    end
  end
  for key, value in pairs(right) do
    if left[key] == nil and not isEqual(nil, value, exact or key == "valuesObject") then
      return false
    end
  end
  return true
end

-- Argo CD ignores `source` where `sources` is set, and writes an empty `source` beside `sources`.
local function sourcesOf(holder)
  if isZero(holder.sources) then
    return holder.source
  end
  return holder.sources
end

-- A spec with a sourceHydrator has no source to compare: the controller derives it.
local function hasSourcesOf(holder, spec)
  return spec.sourceHydrator ~= nil or isEqual(sourcesOf(holder), sourcesOf(spec))
end

-- The first part of the spec that the status was not computed for, nil if there is none. These are all the
-- fields of comparedTo; a difference in any makes the controller compare anew, so this wait ends.
local function stalePart(comparedTo, spec)
  if not hasSourcesOf(comparedTo, spec) then
    return "source"
  end
  for _, part in ipairs({ "destination", "ignoreDifferences" }) do
    if not isEqual(comparedTo[part], spec[part]) then
      return part
    end
  end
  return nil
end

-- Whether the operation was for the source that the spec has now; true if it does not say. Through all its
-- retries an operation keeps the source that it started with (retry.refresh renews only the revision).
local function isForPresentSource(operation, spec)
  local requested = operation.operation and operation.operation.sync
  for _, holder in ipairs({ operation.syncResult or {}, requested or {} }) do
    if not isZero(sourcesOf(holder)) then
      return hasSourcesOf(holder, spec)
    end
  end
  return true
end

local function isFailure(phase)
  return phase == "Failed" or phase == "Error"
end

local function isFailedResource(resource)
  return resource.status == "SyncFailed" or isFailure(resource.hookPhase)
end

local function isFailedHook(resource)
  return isFailedResource(resource) and not isZero(resource.hookType)
end

local function isOutOfSync(resource)
  return resource.status == "OutOfSync"
end

local function explained(text, explanation)
  if isZero(explanation) then
    return text
  end
  return text .. ": " .. explanation
end

-- "; Job x: its message and 2 more", "" if no resource matches.
local function summary(resources, matches)
  local text, count = "", 0
  for _, resource in ipairs(resources or {}) do
    if matches(resource) then
      count = count + 1
      if count == 1 then
        text = explained("; " .. (resource.kind or "") .. " " .. (resource.name or ""), resource.message)
      end
    end
  end
  if count > 1 then
    text = text .. " and " .. tostring(count - 1) .. " more"
  end
  return text
end

local function conditionsOf(status, types)
  local text = ""
  for _, condition in ipairs(status.conditions or {}) do
    if types[condition.type] then
      text = explained(text .. "; " .. condition.type, condition.message)
    end
  end
  return text
end

-- The conditions on which the controller refuses to sync.
local function refusalsOf(status)
  return conditionsOf(status, { ComparisonError = true, InvalidSpecError = true })
end

local function verdict(status, message)
  return { status = status, message = message }
end

local function waiting(application, spec, status, operation)
  local comparedTo = status.sync and status.sync.comparedTo
  if application.metadata and application.metadata.deletionTimestamp then
    return verdict("Progressing", "being deleted")
  end
  -- The first status of an Application whose spec is refused has an empty comparedTo.
  if isZero(comparedTo) then
    return verdict("Progressing", "waiting for the first comparison" .. refusalsOf(status))
  end
  local stale = stalePart(comparedTo, spec)
  if stale then
    return verdict("Progressing", "waiting for a comparison with the present " .. stale .. refusalsOf(status))
  end
  if operation.phase == "Running" or operation.phase == "Terminating" then
    local age = ""
    if not isForPresentSource(operation, spec) then
      age = " with an older source, until it ends or is terminated"
    end
    return verdict("Progressing", explained("sync " .. operation.phase .. age, operation.message))
  end
  if application.operation then
    return verdict("Progressing", "a sync is requested")
  end
  return nil
end

-- A failed hook leaves its Application Synced and Healthy, so Synced does not outweigh a failed operation; nor
-- does a newer revision, which any commit to the repository brings. Synced does outweigh an operation that was
-- for another source and failed in no hook: after a revert to what is live no operation follows, and the
-- Application would stay Degraded for ever.
local function failed(spec, status, operation)
  if not isFailure(operation.phase) then
    return nil
  end
  local resources = operation.syncResult and operation.syncResult.resources
  if status.sync.status == "Synced" and not isForPresentSource(operation, spec)
    and summary(resources, isFailedHook) == "" then
    return nil
  end
  local cause = explained("last sync " .. operation.phase, operation.message)
  local remedy = "; repeated only after a change or by a manual sync"
  return verdict("Degraded", cause .. summary(resources, isFailedResource) .. remedy)
end

-- Synced is required because status.health leaves out missing resources since 3.4 (#27917) and stays Healthy
-- when nothing can be rendered (#6507, #10682).
local function notSynced(status)
  local code = status.sync.status or "Unknown"
  if code == "Synced" then
    return nil
  end
  if code == "Unknown" and refusalsOf(status) ~= "" then
    return verdict("Degraded", "cannot be compared" .. refusalsOf(status))
  end
  local cause = summary(status.resources, isOutOfSync) .. conditionsOf(status, { SyncError = true })
  return verdict("Progressing", "waiting for Synced, is " .. code .. cause)
end

local function ownHealth(status)
  local code = status.health and status.health.status
  if code == "Healthy" then
    return verdict(code, "")
  end
  -- A parent leaves Missing and Unknown children out of its own health and would read Healthy.
  if isZero(code) or code == "Missing" or code == "Unknown" then
    return verdict("Progressing", "Synced, but health is " .. (code or "Unknown") .. refusalsOf(status))
  end
  return verdict(code, "Synced, but resources are " .. code)
end

local function judge(application)
  local spec = application.spec or {}
  local status = application.status or {}
  local operation = status.operationState or {}
  return waiting(application, spec, status, operation)
    or failed(spec, status, operation)
    or notSynced(status)
    or ownHealth(status)
end

return judge(obj)
