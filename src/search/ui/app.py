"""The script that Streamlit runs for each page, wherever the package is installed."""

from search.ui.router import main

main()
