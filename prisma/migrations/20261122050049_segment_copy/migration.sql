-- CreateTable
CREATE TABLE "SegmentCopy" (
    "workspaceId" UUID NOT NULL,
    "runningAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "completeAt" TIMESTAMPTZ(3),
    "failure" JSONB,

    CONSTRAINT "SegmentCopy_pkey" PRIMARY KEY ("workspaceId")
);

-- AddForeignKey
ALTER TABLE "SegmentCopy" ADD CONSTRAINT "SegmentCopy_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
