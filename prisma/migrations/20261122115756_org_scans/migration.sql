-- AlterTable
ALTER TABLE "Link" ADD COLUMN     "jobId" TEXT;

-- CreateTable
CREATE TABLE "OrgScan" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "leadsUntil" TIMESTAMPTZ(3) NOT NULL,
    "contactsUntil" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OrgScan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ScannedRecord" (
    "scanId" UUID NOT NULL,
    "recordId" TEXT NOT NULL,
    "object" "RecordObject" NOT NULL,
    "address" TEXT NOT NULL,
    "stamp" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ScannedRecord_pkey" PRIMARY KEY ("scanId","recordId")
);

-- CreateIndex
CREATE UNIQUE INDEX "OrgScan_runId_key" ON "OrgScan"("runId");

-- CreateIndex
CREATE INDEX "OrgScan_workspaceId_idx" ON "OrgScan"("workspaceId");

-- CreateIndex
CREATE INDEX "ScannedRecord_scanId_address_idx" ON "ScannedRecord"("scanId", "address");

-- CreateIndex
CREATE INDEX "ScannedRecord_scanId_object_stamp_idx" ON "ScannedRecord"("scanId", "object", "stamp");

-- AddForeignKey
ALTER TABLE "OrgScan" ADD CONSTRAINT "OrgScan_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrgScan" ADD CONSTRAINT "OrgScan_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScannedRecord" ADD CONSTRAINT "ScannedRecord_scanId_fkey" FOREIGN KEY ("scanId") REFERENCES "OrgScan"("id") ON DELETE CASCADE ON UPDATE CASCADE;
