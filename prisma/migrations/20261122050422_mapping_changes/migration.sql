-- AlterTable
ALTER TABLE "Mapping" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "MappingChange" (
    "workspaceId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "mappingId" UUID NOT NULL,
    "oldValue" JSONB,
    "newValue" JSONB,

    CONSTRAINT "MappingChange_pkey" PRIMARY KEY ("workspaceId","version","mappingId")
);

-- AddForeignKey
ALTER TABLE "MappingChange" ADD CONSTRAINT "MappingChange_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
