"""The letters of a project in the form of decree 30/2020/NĐ-CP: which kinds, their numbers, how they are filled in."""
