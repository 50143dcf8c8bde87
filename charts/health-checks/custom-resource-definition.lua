-- A CustomResourceDefinition is Healthy as soon as it exists. The built-in check waits for the condition
-- Established. That comes within a second, but Argo CD puts no tracking-id on CRDs, so the event refreshes no
-- Application: one with Istio's CRDs stays Progressing until a periodic refresh, and the next wave waits.
-- Measured with Argo CD 3.5.7 on a fresh cluster: 221 s, with this check 18 s. What it hides shows elsewhere:
-- a custom resource of a kind that is not served yet fails its own sync, which is repeated.
return { status = "Healthy", message = "" }
