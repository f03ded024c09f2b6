-- AlterTable
ALTER TABLE "Link" ADD COLUMN     "fieldMemory" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "importOnly" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "mergedInto" TEXT,
ADD COLUMN     "openException" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Intent" ADD COLUMN     "jobId" TEXT;

-- AlterTable
ALTER TABLE "Outcome" ADD COLUMN     "causes" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "Trigger" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "orgId" TEXT NOT NULL,
    "contactId" TEXT,
    "recordId" TEXT,
    "object" "RecordObject",
    "causes" JSONB NOT NULL,
    "firstAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "waitsFor" TEXT,
    "waitsSince" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "runId" UUID,

    CONSTRAINT "Trigger_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Seen" (
    "workspaceId" UUID NOT NULL,
    "orgId" TEXT NOT NULL,
    "side" "Crm" NOT NULL,
    "id" TEXT NOT NULL,
    "fields" JSONB NOT NULL,
    "modifiedAt" TIMESTAMPTZ(3),
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Seen_pkey" PRIMARY KEY ("workspaceId","orgId","side","id")
);

-- CreateTable
CREATE TABLE "Conflict" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "orgId" TEXT NOT NULL,
    "contactId" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "mappingId" UUID NOT NULL,
    "property" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "hubspotValue" TEXT,
    "salesforceValue" TEXT,
    "hubspotAt" TIMESTAMPTZ(3),
    "salesforceAt" TIMESTAMPTZ(3),
    "winner" "Crm" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "runId" UUID,

    CONSTRAINT "Conflict_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Trigger_workspaceId_orgId_dueAt_idx" ON "Trigger"("workspaceId", "orgId", "dueAt");

-- CreateIndex
CREATE INDEX "Trigger_runId_idx" ON "Trigger"("runId");

-- CreateIndex
CREATE UNIQUE INDEX "Trigger_workspaceId_orgId_contactId_key" ON "Trigger"("workspaceId", "orgId", "contactId");

-- CreateIndex
CREATE UNIQUE INDEX "Trigger_workspaceId_orgId_recordId_key" ON "Trigger"("workspaceId", "orgId", "recordId");

-- CreateIndex
CREATE INDEX "Conflict_workspaceId_at_idx" ON "Conflict"("workspaceId", "at" DESC);

-- CreateIndex
CREATE INDEX "Conflict_workspaceId_contactId_idx" ON "Conflict"("workspaceId", "contactId");

-- AddForeignKey
ALTER TABLE "Trigger" ADD CONSTRAINT "Trigger_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Seen" ADD CONSTRAINT "Seen_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conflict" ADD CONSTRAINT "Conflict_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
