using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Engine.Modules;

/// <summary>The modules of a network, in the order in which they run and in which their parameters lie in the flat buffer.</summary>
internal sealed unsafe class NetworkModules<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The input: numbers, and the learned vectors of tokens.</summary>
    public required InputModule<L, T> Input { get; init; }

    /// <summary>
    /// The chain of modules, each of which reads the one before: recurrent layers, the dropout between them, and the pooling.
    /// </summary>
    public required Module<L, T>[] Layers { get; init; }

    /// <summary>The linear layer, or the decoder, that computes the outputs.</summary>
    public required ProjectionModule<L, T> Projection { get; init; }

    /// <summary>The meaning of the outputs.</summary>
    public required Head<T> Head { get; init; }

    /// <summary>The part of the flat buffer that belongs to the vectors of tokens, which comes first.</summary>
    public nint EmbeddingParameterCount => Input.ParameterCount;

    /// <summary>The length of the flat buffer, including padding.</summary>
    public nint ParameterCount => Layers.Aggregate(
        EmbeddingParameterCount + Projection.ParameterCount + Head.ParameterCount,
        (sum, layer) => checked(sum + layer.ParameterCount));

    /// <summary>
    /// The parts whose weights can be kept from changing, by the beginning of their tensors' names: the vectors of each field of tokens,
    /// and the layers.
    /// </summary>
    public IEnumerable<(string Name, nint Start, nint End)> Parts
    {
        get
        {
            foreach ((string name, nint start, nint end) in Input.Parts)
                yield return (name, start, end);
            nint offset = EmbeddingParameterCount;
            int number = 0;
            foreach (Module<L, T> layer in Layers.Where(layer => layer is not (DropoutModule<L, T> or PoolingModule<L, T>)))
            {
                yield return ($"layers.{number++}", offset, offset + layer.ParameterCount);
                offset += layer.ParameterCount;
            }
        }
    }

    /// <summary>The seed of the random numbers in the training on a batch.</summary>
    public int Seed
    {
        set
        {
            foreach (Module<L, T> layer in Layers)
                layer.Seed = value;
        }
    }

    /// <summary>The weights by name, each with its place in the flat buffer.</summary>
    public IEnumerable<ParameterTensor> Tensors
    {
        get
        {
            foreach (ParameterTensor tensor in Input.Tensors)
                yield return tensor;
            nint offset = Input.ParameterCount;
            int number = 0;
            foreach (Module<L, T> layer in Layers.Where(layer => layer is not (DropoutModule<L, T> or PoolingModule<L, T>)))
            {
                foreach (ParameterTensor tensor in layer.Tensors)
                    yield return tensor.Within($"layers.{number}", offset);
                offset += layer.ParameterCount;
                number++;
            }
            foreach (ParameterTensor tensor in Projection.Tensors)
                yield return tensor.Within("head", offset);
            offset += Projection.ParameterCount;
            foreach (ParameterTensor tensor in Head.Tensors)
                yield return tensor.Within("head", offset);
        }
    }

    /// <summary>Modules with the same weights, which still have to be bound and get buffers of their own.</summary>
    public NetworkModules<L, T> Replicate() => new()
    {
        Input = Input.Replicate(),
        Layers = Array.ConvertAll(Layers, layer => layer.Replicate()),
        Projection = Projection.Replicate(),
        Head = Head.Replicate(),
    };

    /// <summary>Gives each module its part of the parameters and of the gradients.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradients">The gradients of all but the vectors of tokens; null for none.</param>
    /// <param name="embeddingGradients">The buffer whose beginning holds the gradients of the vectors; null for none.</param>
    public void Bind(Parameters<T> parameters, PinnedBuffer<T>? gradients, PinnedBuffer<T>? embeddingGradients)
    {
        for (int i = 1; i < Layers.Length; i++)
            Layers[i].Below = Layers[i - 1];
        T* weights = parameters.Values.Pointer;
        nint offset = EmbeddingParameterCount;
        Input.Bind(weights, embeddingGradients is null ? null : embeddingGradients.Pointer);
        foreach (Module<L, T> layer in Layers)
        {
            layer.Bind(weights + offset, GradientsAt(offset));
            offset += layer.ParameterCount;
        }
        Projection.Bind(weights + offset, GradientsAt(offset));
        offset += Projection.ParameterCount;
        Head.Bind(weights + offset, GradientsAt(offset));

        T* GradientsAt(nint place) => gradients is null ? null : gradients.Pointer + place;
    }

    /// <summary>Fills parameters, which are zero, with their first random values.</summary>
    public void Initialize(Parameters<T> parameters, WeightInitializer initializer)
    {
        T* next = parameters.Values.Pointer;
        Input.Initialize(next, initializer);
        next += EmbeddingParameterCount;
        foreach (Module<L, T> layer in Layers)
        {
            layer.Initialize(next, initializer);
            next += layer.ParameterCount;
        }
        Projection.Initialize(next, initializer);
        Head.Initialize(next + Projection.ParameterCount, initializer);
    }
}
