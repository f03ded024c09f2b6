-- DropIndex
DROP INDEX "Intent_workspaceId_orgId_state_address_idx";

-- DropIndex
DROP INDEX "Intent_orgId_state_address_idx";

-- DropIndex
DROP INDEX "Claim_workerId_idx";

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "fields" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "Outcome" ADD COLUMN     "written" JSONB;

-- CreateTable
CREATE TABLE "SeenForm" (
    "workspaceId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "names" TEXT[],

    CONSTRAINT "SeenForm_pkey" PRIMARY KEY ("workspaceId","key")
);

-- CreateIndex
CREATE INDEX "Intent_contactId_idx" ON "Intent"("contactId");

-- AddForeignKey
ALTER TABLE "SeenForm" ADD CONSTRAINT "SeenForm_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Open intents are looked up whichever workspace of an org has made them, done ones never by address.
CREATE INDEX "Intent_open_org_address_idx" ON "Intent" ("orgId", "address") WHERE "state" = 'OPEN';

-- A link is written three times within minutes of its birth: with room on its page no index is touched again.
ALTER TABLE "Link" SET (fillfactor = 40);

-- Claims are renewed every ten seconds, on the same terms.
ALTER TABLE "Claim" SET (fillfactor = 40);
