-- CreateTable
CREATE TABLE "Notice" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "readBy" UUID[],

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Notice_workspaceId_at_idx" ON "Notice"("workspaceId", "at" DESC);

-- CreateIndex
CREATE INDEX "Outcome_workspaceId_contactId_at_idx" ON "Outcome"("workspaceId", "contactId", "at" DESC);

-- CreateIndex
CREATE INDEX "Outcome_workspaceId_category_at_idx" ON "Outcome"("workspaceId", "category", "at" DESC);

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
