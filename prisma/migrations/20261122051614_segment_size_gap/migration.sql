-- AlterTable
ALTER TABLE "SegmentWatch" ADD COLUMN     "sizeGap" INTEGER NOT NULL DEFAULT 0;
