-- CreateIndex
CREATE INDEX "Intent_orgId_state_address_idx" ON "Intent"("orgId", "state", "address");

