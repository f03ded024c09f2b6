-- CreateEnum
CREATE TYPE "ImportState" AS ENUM ('COUNTING', 'COUNTED', 'FAILED', 'STARTED');

-- CreateTable
CREATE TABLE "Import" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "orgId" TEXT NOT NULL,
    "choice" JSONB NOT NULL,
    "state" "ImportState" NOT NULL DEFAULT 'COUNTING',
    "listId" TEXT,
    "segmentName" TEXT,
    "read" INTEGER NOT NULL DEFAULT 0,
    "counts" JSONB,
    "forecast" JSONB,
    "reason" TEXT,
    "createdById" UUID,
    "createdBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "countedAt" TIMESTAMPTZ(3),
    "runId" UUID,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImportPerson" (
    "importId" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "recordId" TEXT NOT NULL,
    "object" "RecordObject" NOT NULL,
    "name" TEXT,
    "email" TEXT,
    "address" TEXT,
    "modifiedAt" TIMESTAMPTZ(3) NOT NULL,
    "group" TEXT,
    "inList" BOOLEAN,
    "reason" TEXT,
    "contactId" TEXT,

    CONSTRAINT "ImportPerson_pkey" PRIMARY KEY ("importId","recordId")
);

-- CreateIndex
CREATE UNIQUE INDEX "Import_runId_key" ON "Import"("runId");

-- CreateIndex
CREATE INDEX "Import_workspaceId_createdAt_idx" ON "Import"("workspaceId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "ImportPerson_importId_address_idx" ON "ImportPerson"("importId", "address");

-- CreateIndex
CREATE INDEX "ImportPerson_importId_group_recordId_idx" ON "ImportPerson"("importId", "group", "recordId");

-- CreateIndex
CREATE INDEX "ImportPerson_workspaceId_contactId_idx" ON "ImportPerson"("workspaceId", "contactId");

-- AddForeignKey
ALTER TABLE "Import" ADD CONSTRAINT "Import_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportPerson" ADD CONSTRAINT "ImportPerson_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportPerson" ADD CONSTRAINT "ImportPerson_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
