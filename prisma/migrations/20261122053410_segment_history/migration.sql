-- AlterTable
ALTER TABLE "SegmentCriteria" ADD COLUMN     "savedBy" TEXT;

-- CreateTable
CREATE TABLE "HiddenLint" (
    "workspaceId" UUID NOT NULL,
    "listId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "hiddenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "HiddenLint_pkey" PRIMARY KEY ("workspaceId","listId","key")
);

-- AddForeignKey
ALTER TABLE "HiddenLint" ADD CONSTRAINT "HiddenLint_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
