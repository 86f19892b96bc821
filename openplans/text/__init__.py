"""Text as documents print it: numbers and units, the cutting of Chinese, the words of both languages."""
