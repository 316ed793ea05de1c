using Microsoft.ML;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Sequences.Engines;

/// <summary>Takes a row that earlier transforms of a pipeline may have taken already.</summary>
internal static class TakenRow
{
    /// <summary>Takes the row; where it is refused, the earlier transforms forget it as well.</summary>
    public static T TakeOrUndo<T>(DataViewRow row, Func<T> take)
    {
        try
        {
            return take();
        }
        catch
        {
            foreach (ITakenRow taken in UpstreamRows.OfType<ITakenRow>(row))
                taken.Undo();
            throw;
        }
    }
}
