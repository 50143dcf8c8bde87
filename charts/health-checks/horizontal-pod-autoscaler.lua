-- A HorizontalPodAutoscaler is Degraded only if it cannot scale its target. The built-in check is Degraded when
-- metrics are missing too, and since 3.5.0 lets that outweigh every healthy condition (argo-cd#26274): always
-- on a cluster without a metrics API, and for about 15 s after each rollout; and one Degraded child fails the
-- sync of its parent. The pods run without metrics, so here that is only a message. The built-in check also
-- waits for a first condition, for ever where no controller writes one; this one does not.
local message = ""
for _, condition in ipairs(obj.status and obj.status.conditions or {}) do
  if condition.status == "False" then
    local cause = (condition.reason or "") .. ": " .. (condition.message or "")
    if condition.type == "AbleToScale" then
      return { status = "Degraded", message = cause }
    end
    if condition.type == "ScalingActive" then
      message = cause
    end
  end
end
return { status = "Healthy", message = message }
