"""Tests of the update's part of the doctor."""
