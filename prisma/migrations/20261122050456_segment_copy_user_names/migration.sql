-- AlterTable
ALTER TABLE "SegmentCopy" ADD COLUMN     "userNames" JSONB;
