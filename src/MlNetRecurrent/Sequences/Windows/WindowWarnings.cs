using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>The warnings of a transform that cuts windows. Those of the transform are given once, that of a view once a view.</summary>
internal sealed class WindowWarnings(WindowSettings settings, WarningLog log)
{
    private bool _isStrideTold, _areRowsTold;

    /// <summary>Warns that the stride omits rows of a view that is not training data.</summary>
    public void StrideHolds()
    {
        if (settings.Stride == 1 || _isStrideTold)
            return;
        _isStrideTold = true;
        log.Warn(
            RecurrentWarning.StrideInScoring, MessageSensitivity.None,
            FormattableString.Invariant($"One window in {settings.Stride} is kept of each series, in scoring too: others get no score. ")
            + $"With {nameof(SlidingWindowOptions.StrideInTrainingOnly)}, all rows of other data get one.");
    }

    /// <summary>Warns that rows were sampled or shuffled.</summary>
    public void CheckRows(IDataView input)
    {
        if (_areRowsTold || RowOrigin.Find(input, settings.GroupColumnName) is not { } cause)
            return;
        _areRowsTold = true;
        log.Warn(
            RecurrentWarning.RowsNotConsecutive, MessageSensitivity.None,
            $"{cause} before the windows are cut, so that windows hold rows that do not follow one another. "
            + "Split with ml.Data.TimeSplit or ml.Data.RollingOriginSplit, or by group (samplingKeyColumnName).");
    }

    /// <summary>Warns of series without a window.</summary>
    /// <param name="series">The names of all series and their numbers of rows.</param>
    public void PassEnded(IEnumerable<(string Name, long Rows)> series)
    {
        const int mostNames = 3;
        long needed = settings.ShortestSeries;
        (string Name, long Rows)[] all = [.. series], tooShort = [.. all.Where(one => one.Rows > 0 && one.Rows < needed)];
        if (tooShort.Length == 0)
            return;
        string options = FormattableString.Invariant($"size {settings.WindowSize}, horizon {settings.Horizon}, start {settings.Start}");
        IEnumerable<string> first = tooShort.Take(mostNames).Select(one => FormattableString.Invariant($"'{one.Name}' with {one.Rows}"));
        string message = settings.GroupColumnName is { } group
            ? FormattableString.Invariant($"{tooShort.Length} of {all.Length} series in column '{group}' are left out, since they have ")
                + $"too few rows: {string.Join(", ", first)}" + (tooShort.Length > mostNames ? ", …" : "")
            : FormattableString.Invariant($"No row is left of the table, since it has too few: {tooShort[0].Rows}");
        message += FormattableString.Invariant($"; a window needs {needed} ({options}).");
        log.Warn(RecurrentWarning.SeriesWithoutWindow, MessageSensitivity.UserData, message);
    }
}
