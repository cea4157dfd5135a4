"""Slope by nudging: a second point close by measures the slope, but how close is best?"""
