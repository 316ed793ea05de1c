namespace MlNetRecurrent;

/// <summary>How a transform treats a row whose group or order is missing.</summary>
public enum MissingRowAction
{
    /// <summary>The row is an <see cref="InvalidOperationException"/>. The default.</summary>
    Throw = 0,

    /// <summary>A view leaves the row out; each pass over the view writes their number to the log. A <c>PredictionEngine</c> cannot leave a
    /// row out and throws.</summary>
    Drop = 1,
}
