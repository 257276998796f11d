"""What the person makes: texts, spans, labels, the project file and its journal. No Qt, no spaCy."""
