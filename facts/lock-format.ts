/** Of lock files. Raise it when an older meshfront would misread one. */
export const lockFormatVersion = 1;
