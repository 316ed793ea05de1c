using System.Numerics;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Memory;

namespace MlNetRecurrent.Engine.Layers;

/// <summary>
/// A layer that carries a state from step to step. It owns the buffers of one batch and reads weights that may be shared. Its methods take the range
/// of sequences to work on: sequences do not touch one another.
/// </summary>
internal abstract unsafe class RecurrentLayer<L, T>(int inputSize, int size)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Features of a step of the input.</summary>
    public int InputSize { get; } = inputSize;

    /// <summary>Units: features of a step of the output.</summary>
    public int Size { get; } = size;

    /// <summary>Units padded to whole blocks; the padding units stay zero.</summary>
    public int PaddedSize { get; } = Block.Pad(size);

    /// <summary>The hidden states [Count + Rows, PaddedSize]: one initial state a sequence, then the state after each step.</summary>
    public RowMatrix<T> States { get; protected set; }

    /// <summary>Where the gradient of every step's output is read from [Rows, …], or null where it is zero but for the last steps'.</summary>
    public RowMatrix<T> StepGradient { get; set; }

    /// <summary>Where the gradient of each sequence's last output is read from [Count, …], or null where there is none.</summary>
    public RowMatrix<T> LastGradient { get; set; }

    public abstract nint ParameterCount { get; }

    public abstract IEnumerable<ParameterTensor> Tensors { get; }

    protected BatchShape Shape { get; private set; } = new();

    public abstract void Bind(T* parameters, T* gradients);

    /// <summary>Fills the parameters, which are zero, with their first values.</summary>
    public abstract void Initialize(T* parameters, WeightInitializer initializer);

    /// <summary>Takes buffers for a batch and sets the initial states to zero.</summary>
    public virtual void Prepare(BatchShape shape, Arena<T> arena)
    {
        Shape = shape;
        States = new(arena.Take((nint)(shape.Count + shape.Rows) * PaddedSize), PaddedSize);
        FlatVector<L, T>.Clear(States.Data, (nint)shape.Count * PaddedSize);
    }

    /// <summary>Takes the buffers that the backward pass needs beyond those of the forward pass, and follows the weights.</summary>
    /// <param name="arena">Where buffers come from.</param>
    /// <param name="inputGradient">Whether the gradient of the input is wanted.</param>
    public abstract void PrepareBackward(Arena<T> arena, bool inputGradient);

    /// <summary>Computes <see cref="States"/> from the input [Rows, InputSize].</summary>
    public abstract void Forward(RowMatrix<T> x, int first, int last);

    /// <summary>Back through time. Writes the gradient of the input to <paramref name="dx"/>, whose rows have room for a whole panel, or nothing where it is null.</summary>
    public abstract void Backward(RowMatrix<T> dx, int first, int last);

    /// <summary>Adds this batch's part to the gradients of the parameters.</summary>
    public abstract void AccumulateGradients(RowMatrix<T> x);
}
