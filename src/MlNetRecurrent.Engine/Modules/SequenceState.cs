namespace MlNetRecurrent.Engine.Modules;

/// <summary>
/// Passes on the state of one sequence: those of all layers, one after the other. It is all that the layers remember of earlier steps.
/// </summary>
internal static unsafe class SequenceState<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Before the forward pass: sets the initial states of the layers.</summary>
    public static void SetInitial(Module<L, T>[] layers, int sequence, ReadOnlySpan<T> state)
    {
        fixed (T* source = state)
        {
            T* next = source;
            foreach (Module<L, T> layer in layers)
            {
                layer.SetInitialState(sequence, next);
                next += layer.StateSize;
            }
        }
    }

    /// <summary>After the forward pass: copies the final states of the layers.</summary>
    public static void CopyFinal(Module<L, T>[] layers, int sequence, Span<T> state)
    {
        fixed (T* target = state)
        {
            T* next = target;
            foreach (Module<L, T> layer in layers)
            {
                layer.CopyFinalState(sequence, next);
                next += layer.StateSize;
            }
        }
    }
}
